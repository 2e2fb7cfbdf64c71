// The data that the model is trained on, as its spectrum: singular values, label coefficients, and the samples.

import { decomposed } from "living/decomposition";
import { normal } from "living/random";
import { approximately, exact, rational } from "living/rational";

const LARGEST = 400;

/**
 * @param name "minimal:N,s1,s2,d1,d2", "gaussian:N,d,SEED", "digits:N" or "table"
 * @param table what was pasted: a row for each sample, its label last
 * @param images {first, second, mean, deviation}: pixels of two kinds of digits, which the page carries
 */
export function load(name, table, images) {
  const [kind, rest = ""] = name.split(":");
  const parts = rest.split(",").map((part) => part.trim());
  if (kind === "minimal") return minimal(parts);
  if (kind === "gaussian") return gaussian(whole(parts[0]), whole(parts[1]), whole(parts[2] ?? "0", 0));
  if (kind === "digits") return digits(whole(parts[0]), images);
  if (kind === "table") return ofTable(table);
  throw new Error(`there are no data '${name}'`);
}

function whole(text, least = 1) {
  const n = Number(text);
  if (!Number.isInteger(n) || n < least || n > 1e6) throw new Error(`'${text}' is not a whole number`);
  return n;
}

/** Appendix D.1: two modes, given exactly; every other sample belongs to the other mode. */
function minimal(parts) {
  if (parts.length !== 5) throw new Error("minimal: needs N,s1,s2,d1,d2");
  const N = whole(parts[0], 2);
  const [s1, s2, d1, d2] = parts.slice(1).map(rational);
  const [singular, label] = [[s1, s2].map(approximately), [d1, d2].map(approximately)];
  if (!(singular[0] >= singular[1] && singular[1] > 0)) throw new Error("minimal: needs s1 >= s2 > 0");
  const heights = [0, 1].map((mode) => 1 / Math.sqrt(Math.ceil((N - mode) / 2)));
  const left = Array.from({ length: N }, (_, n) => [0, 1].map((mode) => (n % 2 === mode ? heights[mode] : 0)));
  const labels = left.map((row) => row[0] * label[0] + row[1] * label[1]);
  return { samples: N, s: [s1, s2], d: [d1, d2], singular, label, left, labels, unreachable: 0 };
}

function gaussian(N, d, seed) {
  if (Math.max(N, d) > LARGEST) throw new Error(`give at most ${LARGEST} samples and features`);
  const next = normal(seed, 7);
  const X = Array.from({ length: N }, () => Array.from({ length: d }, next));
  return ofRows(X, X.map(next));
}

function digits(N, images) {
  const half = Math.min(Math.floor(N / 2), images.first.length, images.second.length);
  if (half < 1) throw new Error("digits: give at least 2 samples");
  const rows = [...images.first.slice(0, half), ...images.second.slice(0, half)];
  const X = rows.map((pixels) => [...pixels].map((letter) => (parseInt(letter, 17) - images.mean) / images.deviation));
  return ofRows(X, rows.map((_, n) => (n < half ? 1 : -1)));
}

/** Numbers separated by commas, semicolons, tabs or blanks; a first line of names is left out. */
function ofTable(text) {
  const lines = (text || "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const rows = lines.map((line) => line.split(/[,;\s]+/).filter(Boolean).map(Number));
  if (rows.length && rows[0].some(Number.isNaN)) rows.shift();
  if (!rows.length) throw new Error("paste a table: a line for each sample, its label last");
  const width = rows[0].length;
  const wrong = rows.findIndex((row) => row.length !== width || !row.every(Number.isFinite));
  if (wrong >= 0) throw new Error(`row ${wrong + 1} of the table is not ${width} numbers`);
  if (width < 2) throw new Error("a row needs a feature and, last, a label");
  if (rows.length > LARGEST || width > LARGEST) throw new Error(`give at most ${LARGEST} samples and features`);
  return ofRows(rows.map((row) => row.slice(0, -1)), rows.map((row) => row[width - 1]));
}

function ofRows(X, y) {
  const { singular, label, left } = decomposed(X, y);
  if (!singular.length) throw new Error("all features are 0");
  const all = y.reduce((sum, value) => sum + value * value, 0);
  const reached = label.reduce((sum, value) => sum + value * value, 0);
  const lost = Math.max(0, all - reached);
  if (reached <= 1e-24 * all || reached === 0) throw new Error("the features do not reach the labels");
  const unreachable = lost > 1e-13 * all ? lost / (2 * y.length) : 0;
  return { samples: y.length, s: singular.map(exact), d: label.map(exact), singular, label, left, labels: y, unreachable };
}
