"""The archive's views: what journalists and operators ask first."""

# Captures that others made are no look at the portal.
LOOKED = "run not in (select id from runs where command = 'backfill')"

STALE_DAYS = 1.5  # a night that did not come is seen before the next one is due

# What only the calendar tells of a portal, besides what its last run raised: condition by alarm.
# `{now}` is the present, `{running}` the run that is being written at this moment, if there is one.
CALENDAR = {
    "never_visited": "last.run is null",
    "unfinished": "last.run is not null and last.outcome is null and last.run is not {running}",
    "stale": (
        f"julianday({{now}}) - julianday(last.started_at) > {STALE_DAYS} "
        "and coalesce(portals.valid_to, {now}) >= {now}"
    ),
    "never_succeeded": (
        "(select max(outcome in ('ok', 'capped')) from run_portals as ok "
        f"where ok.portal = portals.slug and ok.outcome is not null and {LOOKED}) = 0"
    ),
}


def portal_health(now: str, running: str) -> str:
    """A portal's last run with what it raised and what the calendar adds, its newest article, and
    how much of what it prints is understood. `now` and `running` are SQL.
    """
    calendar = "\n".join(
        f"    || iif({condition.format(now=now, running=running)}, ' {code}', '')"
        for code, condition in CALENDAR.items()
    )
    return f"""
select
  portals.slug as portal, portals.province, portals.host,
  last.run as last_run, last.started_at as last_visit, last.outcome, last.failure, last.evidence,
  iif(portals.evidence = 'retired', null, nullif(trim(
    coalesce((select group_concat(code, ' ') from alarms
      where alarms.portal = portals.slug and alarms.run = last.run), '')
{calendar}
  ), '')) as alarms,
  (select min(since) from alarms
    where alarms.portal = portals.slug and alarms.run = last.run) as alarmed_since,
  (select max(finished_at) from run_portals as ok
    where ok.portal = portals.slug and ok.outcome = 'ok' and {LOOKED}) as last_success,
  last.pending,
  count(articles.id) as articles,
  max(articles.first_seen) as last_new_article,
  max(articles.published) as newest_published,
  round(avg(articles.published is not null), 3) as with_date,
  round(avg(articles.byline is not null), 3) as with_byline,
  round(avg(length(articles.text))) as mean_text_length
from portals
left join run_portals as last on last.rowid = (
  select rowid from run_portals where portal = portals.slug and {LOOKED}
  order by started_at desc, rowid desc limit 1)
left join articles on articles.portal = portals.slug
group by portals.slug
"""


# A copy of the archive has no present: its newest run is the measure, and may still be going on.
PORTAL_HEALTH = portal_health(
    "(select max(started_at) from runs)",
    "(select max(id) from runs where finished_at is null and id = (select max(id) from runs))",
)

# Each revision that changed what a reader sees, beside the one before it. Which those are is told by
# an index alone; only their texts are read.
EDITED_ARTICLES = """
with later as (
  select after.rowid as after, (
    select earlier.rowid from revisions as earlier
    where earlier.article = after.article and earlier.seen_at < after.seen_at
    order by earlier.seen_at desc, earlier.rowid desc limit 1) as before
  from revisions as after
  where not exists (
    select 1 from revisions as again where again.article = after.article
      and again.seen_at = after.seen_at and again.rowid > after.rowid)
)
select
  articles.id as article, articles.portal, articles.url, now.seen_at, was.seen_at as seen_before,
  json_extract(now.change, '$.fields') as fields,
  json_extract(now.change, '$.diff') as diff,
  was.title as title_before, now.title, was.text as text_before, now.text
from later
join revisions as now on now.rowid = later.after
join revisions as was on was.rowid = later.before
join articles on articles.id = now.article
where later.before is not null and (
  json_extract(now.change, '$.class') = 'edit'
  or json_extract(now.change, '$.class') = 'first'
    and (now.text_sha256, now.title) is not (was.text_sha256, was.title))
order by now.seen_at desc
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

# One row per portal and day from its first run on, up to the archive's last: 0 new articles on a
# day that was looked at means that nothing was published; `not looked` is a gap.
COVERAGE = f"""
with recursive span as (
  select portal, substr(min(started_at), 1, 10) as day,
    (select substr(max(started_at), 1, 10) from runs) as last
  from run_portals where {LOOKED} group by portal
),
calendar as (
  select portal, day, last from span
  union all
  select portal, date(day, '+1 day'), last from calendar where day < last
)
select
  calendar.portal, calendar.day, count(run) as looks,
  coalesce(sum(pages), 0) as pages, coalesce(sum(lists), 0) as lists,
  coalesce(sum(new), 0) as new, coalesce(sum(edited), 0) as edited,
  coalesce(sum(errors), 0) as errors,
  case when count(run) = 0 then 'not looked'
       when max(outcome in ('ok', 'capped') and lists > 0) = 1 then 'looked'
       when sum(lists) > 0 then 'looked in part' else 'could not look' end as coverage
from calendar left join (select * from run_portals where {LOOKED}) as run_portals
  on run_portals.portal = calendar.portal and run_portals.started_at >= calendar.day
  and run_portals.started_at < date(calendar.day, '+1 day')
group by calendar.portal, calendar.day
"""

# Over all sources: an address or a look that two of them have counts once, so their rows do not add up.
RESCUE_YEARS = """
select
  portal, year, known, captured, read, refused, waiting,
  (select count(*) from lost_articles where lost_articles.portal = whole.portal
    and cast(substr(coalesce(published, listed_at), 1, 4) as integer) = year) as lost,
  reasons,
  (select json_group_object(source, json_object('known', known, 'captured', captured,
      'read', read, 'refused', refused, 'waiting', waiting))
    from rescued as part where part.portal = whole.portal and part.year = whole.year
      and part.source <> '*') as sources
from rescued as whole where source = '*'
order by portal, year
"""

VIEWS = {
    "portal_health": PORTAL_HEALTH.strip(),
    "edited_articles": EDITED_ARTICLES.strip(),
    "gone_articles": GONE_ARTICLES.strip(),
    "coverage": COVERAGE.strip(),
    "rescue_years": RESCUE_YEARS.strip(),
}
