"""HTTP as such: outcomes, politeness, robots.txt, content codings, public addresses."""
