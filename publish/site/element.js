// Elements of the page. Texts of the web are text, never markup.

// An element with its text, attributes and children.
export function el(name, ...parts) {
  const made = document.createElement(name);
  for (const part of parts.flat()) {
    if (part === null || part === undefined || part === "") continue;
    if (part instanceof Node || typeof part === "string") made.append(part);
    else for (const [key, value] of Object.entries(part)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  return made;
}

// Texts, each with whether it is marked.
export const pieces = (list) => list.map(([text, hit]) => (hit ? el("mark", text) : text));

const web = (url) => (/^https?:\/\//i.test(url ?? "") ? url : null);
export const outside = (url, text) =>
  web(url) ? el("a", { href: url, rel: "noopener noreferrer nofollow" }, text) : el("span", text);

export const lineOf = (label, ...value) => [el("dt", label), el("dd", value)];

export const list = (title, items, made) =>
  items.length ? [el("h2", title), el("ul", { class: "plain" }, items.map((item) => el("li", made(item))))] : [];
