"""The archive's views: what journalists and operators ask first."""

# A portal's last run, its newest article, and how much of what it prints is understood.
PORTAL_HEALTH = """
select
  portals.slug as portal, portals.province, portals.host,
  last.run as last_run, last.started_at as last_visit, last.outcome, last.failure, last.evidence,
  (select max(finished_at) from run_portals as ok
    where ok.portal = portals.slug and ok.outcome = 'ok') as last_success,
  count(articles.id) as articles,
  max(articles.first_seen) as last_new_article,
  max(articles.published) as newest_published,
  round(avg(articles.published is not null), 3) as with_date,
  round(avg(articles.byline is not null), 3) as with_byline,
  round(avg(length(articles.text))) as mean_text_length
from portals
left join run_portals as last on last.rowid = (
  select rowid from run_portals where portal = portals.slug order by started_at desc limit 1)
left join articles on articles.portal = portals.slug
group by portals.slug
"""

# Each revision that changed what a reader sees, beside the one before it.
EDITED_ARTICLES = """
with reading as (
  select *, row_number() over (partition by article, seen_at order by rowid desc) as newest
  from revisions
),
history as (
  select article, seen_at, title, text, text_sha256, change,
    lag(title) over by_time as title_before, lag(text) over by_time as text_before,
    lag(text_sha256) over by_time as sha256_before, lag(seen_at) over by_time as seen_before
  from reading where newest = 1
  window by_time as (partition by article order by seen_at)
)
select
  articles.id as article, articles.portal, articles.url, history.seen_at, history.seen_before,
  json_extract(history.change, '$.fields') as fields,
  history.title_before, history.title, history.text_before, history.text
from history join articles on articles.id = history.article
where seen_before is not null and (
  json_extract(history.change, '$.class') = 'edit'
  or json_extract(history.change, '$.class') = 'first'
    and (history.text_sha256, history.title) is not (sha256_before, title_before))
order by history.seen_at desc
"""

GONE_ARTICLES = """
select
  articles.id as article, articles.portal, articles.title, articles.url, articles.published,
  articles.last_seen, min(captures.fetched_at) as first_missed, max(captures.fetched_at) as
  last_missed, count(*) as looks, max(captures.outcome) as outcome
from articles join captures
  on captures.article = articles.id and captures.fetched_at > articles.last_seen
where articles.status = 'gone'
group by articles.id
"""

# One row per portal and day on which somebody looked: 0 new articles there means that nothing
# was published; a day without a row means that nobody looked.
COVERAGE = """
select
  portal, substr(started_at, 1, 10) as day, count(*) as looks,
  sum(pages) as pages, sum(lists) as lists, sum(new) as new, sum(edited) as edited,
  sum(errors) as errors,
  case when max(outcome = 'ok') = 1 then 'looked'
       when sum(lists) > 0 then 'looked in part' else 'could not look' end as coverage
from run_portals
group by portal, day
"""

VIEWS = {
    "portal_health": PORTAL_HEALTH.strip(),
    "edited_articles": EDITED_ARTICLES.strip(),
    "gone_articles": GONE_ARTICLES.strip(),
    "coverage": COVERAGE.strip(),
}
