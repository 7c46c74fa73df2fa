// Dates and marks with figures in their other writings: crawler/text/numerals.py, in the browser.

import { bare } from "./words.js";

const MOST = 8;
const [MONTH, YEAR] = ["tháng", "năm"];
const DAYS = 31;
const MONTHS = 12;
const QUARTERS = [["1", "i"], ["2", "ii"], ["3", "iii"], ["4", "iv"]];
const MARK = /^([a-z]{1,5})(\p{Nd}{1,5})$/u; // letters without accents: `năm 2024` is no mark

export function otherNumerals(words) {
  const found = new Map();
  for (const begun of [dates, months, marks]) {
    words.forEach((_, at) => begun(words.slice(at)).forEach(([size, ways]) => ways.forEach((way) => {
      const other = [...words.slice(0, at), ...way, ...words.slice(at + size)];
      found.set(other.join(" "), other);
    })));
    if (found.size) break; // what stands around a date is no mark
  }
  found.delete(words.join(" "));
  return [...found.values()].slice(0, MOST);
}

const isYear = (year) => /^(?:19|20)\p{Nd}{2}$/u.test(year);
const says = (word, meant) => word === meant || word === bare(meant);

// The date that these words begin with: how many they are, and all its writings.
function dates(words) {
  const spoken = words.length >= 5 && says(words[1], MONTH) && says(words[3], YEAR);
  if (words.length < 3) return [];
  const [day, month, year] = spoken ? [words[0], words[2], words[4]] : words;
  const [days, months] = [written(day, DAYS), written(month, MONTHS)];
  if (!days.length || !months.length || !isYear(year)) return [];
  const ways = days.flatMap((d) => months.map((m) => [d, m]));
  return [[spoken ? 5 : 3, [
    ...ways.map(([d, m]) => [d, m, year]),
    // Nobody writes `5 tháng 03`.
    ...ways.filter(([d, m]) => d[0] === "0" || m[0] !== "0").map(([d, m]) => [d, MONTH, m, YEAR, year]),
  ]]];
}

// The month of a year, or the quarter, that these words begin with.
function months(words) {
  const quarter = words.length > 1 && says(words[0], "quý") && QUARTERS.find((pair) => pair.includes(words[1]));
  if (quarter) return [[2, quarter.map((figure) => [words[0], figure])]];
  if (words.length < 3 || !says(words[0], MONTH)) return [];
  const size = words.length > 3 && says(words[2], YEAR) ? 4 : 3;
  const year = words[size - 1];
  if (!isYear(year)) return [];
  return [[size, written(words[1], MONTHS).flatMap((m) => [[MONTH, m, YEAR, year], [MONTH, m, year]])]];
}

// A day or a month with and without its zero; none of another number.
function written(figures, most) {
  const number = /^\d{1,2}$/.test(figures) ? Number(figures) : 0;
  return number >= 1 && number <= most ? [...new Set([String(number).padStart(2, "0"), String(number)])] : [];
}

// The mark that these words begin with, in one word or in two.
function marks(words) {
  const apart = MARK.exec(words[0]);
  if (apart) return [[1, [[apart[1], apart[2]]]]];
  return words.length > 1 && /^[a-z]{1,5}$/.test(words[0]) && /^\p{Nd}{1,5}$/u.test(words[1])
    ? [[2, [[words[0] + words[1]]]]] : [];
}
