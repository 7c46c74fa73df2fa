// The address of a question: the desk's own words (publish/desk/filters.py), so that an address there
// is one here.

import { stripped } from "./words.js";

export const FILTERS = {
  tinh: /^[a-z0-9_]{1,80}$/, tinh_cu: /^[a-z0-9_]{1,80}$/, cong: /^[a-z0-9_]{1,80}$/,
  nam: /^(19|20)\d\d$/, thang: /^(19|20)\d\d-(0[1-9]|1[0-2])$/, tacgia: /^\d{1,16}$/, chuyenmuc: /^[^]{1,300}$/,
};

// What an address asks for; what makes no sense is left out, never an error.
export function readQuestion(values) {
  const value = (name, form) => (form.test(values[name] ?? "") ? values[name] : "");
  const filters = {};
  for (const [name, form] of Object.entries(FILTERS)) {
    const given = name === "chuyenmuc" ? { chuyenmuc: (values.chuyenmuc ?? "").replaceAll("\0", "").slice(0, 300) } : values;
    if (form.test(given[name] ?? "")) filters[name] = given[name];
  }
  return {
    q: stripped(values.q ?? ""), filters,
    order: values.xep === "sat" ? "sat" : "moi",
    page: Math.max(1, Number(value("trang", /^\d{1,6}$/) || 1)),
    accents: value("dau", /^(moi|dung)$/), place: value("o", /^(tieude|chu)$/), what: value("loai", /^(bai|tailieu)$/),
  };
}

// The address of this question with something changed; back to the first page.
export function address(question, changes = {}) {
  const { q, filters, order, accents, place, what } = question;
  const values = { q, ...filters, xep: order === "moi" ? "" : order, dau: accents, o: place, loai: what, ...changes };
  return `#/tim?${new URLSearchParams(Object.entries(values).filter(([, value]) => value))}`;
}
