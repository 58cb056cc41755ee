"use strict";
/* All figures of the report in columns, as they are searched and filtered. */

/* Give the list of all figures, made ready once. */
W.figures = async function () {
  if (!W.ready) W.ready = W.load("figures").then(prepare);
  return W.ready;
};

function prepare(figures) {
  const { names, columns } = figures;
  const size = columns.indicator.length;
  const parts = names.part, indicators = names.indicator, groups = names.group, waves = names.wave;
  figures.size = size;
  figures.chunk = columns.chunk;
  figures.address = (i) =>
    `${parts[columns.part[i]][0]}/${indicators[columns.indicator[i]][0]}/${groups[columns.group[i]][0]}/${waves[columns.wave[i]][0]}`;
  figures.text = (i) => ({
    what: indicators[columns.indicator[i]][1],
    part: parts[columns.part[i]][1],
    group: groups[columns.group[i]][1],
    wave: waves[columns.wave[i]][1],
  });
  figures.places = new Map();
  figures.haystack = new Array(size);
  for (let i = 0; i < size; i += 1) {
    const address = figures.address(i);
    const said = figures.text(i);
    figures.places.set(address, i);
    figures.haystack[i] = `${address}\n${said.what}\n${said.group}\n${said.part}\n${said.wave}`.toLowerCase();
  }
  figures.slides = slidesOf(figures, W.data.slides);
  W.list = figures;
  return figures;
}

/* Figure -> numbers of the slides that print it. */
function slidesOf(figures, book) {
  const found = new Map();
  book.slides.forEach((slide) => {
    for (const line of slide.lines) {
      const place = figures.places.get(line.address);
      if (place === undefined) continue;
      if (!found.has(place)) found.set(place, new Set());
      found.get(place).add(slide.number);
    }
  });
  return found;
}

W.figureAt = function (address) {
  const place = W.list ? W.list.places.get(address) : undefined;
  if (place === undefined) return null;
  const recomputed = (W.list.columns.recomputed || [])[place];
  return { place, recomputed: recomputed === -1 ? undefined : recomputed };
};

/* Find figures whose address, labels or value hold every word that was typed; exact values come first. */
W.find = function (figures, typed, chosen) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const exact = [], others = [];
  for (let i = 0; i < figures.size; i += 1) {
    if (!fits(figures, i, chosen)) continue;
    const printed = figures.columns.printed[i];
    if (!words.every((word) => figures.haystack[i].includes(word) || isValue(printed, word))) continue;
    (words.some((word) => printed.toLowerCase() === word) ? exact : others).push(i);
  }
  return { found: onSlidesFirst(figures, exact).concat(onSlidesFirst(figures, others)), exact: exact.length };
};

const isValue = (printed, word) => printed !== "" && (printed.startsWith(word) || printed.replace("−", "-").startsWith(word));

function onSlidesFirst(figures, places) {
  return [...places.filter((i) => figures.slides.has(i)), ...places.filter((i) => !figures.slides.has(i))];
}

function fits(figures, i, chosen) {
  const { names, columns } = figures;
  if (chosen.state && names.state[columns.state[i]] !== chosen.state) return false;
  if (chosen.wave && names.wave[columns.wave[i]][0] !== chosen.wave) return false;
  if (chosen.part && names.part[columns.part[i]][0] !== chosen.part) return false;
  if (chosen.printed && !figures.slides.has(i)) return false;
  return !chosen.mark || hasMark(figures, i, chosen.mark);
}

/* Marks are chosen as "any", "none", "+", "-", "previous+", "rest-", "tested" and so on. */
function hasMark(figures, i, wanted) {
  const marks = figures.kinds.map((kind) => [kind, figures.columns[kind][i]]);
  if (wanted === "any") return marks.some(([, mark]) => mark === "+" || mark === "-");
  if (wanted === "none") return marks.some(([, mark]) => mark === "o") && !marks.some(([, mark]) => mark === "+" || mark === "-");
  if (wanted === "untested") return marks.every(([, mark]) => mark === "");
  const [kind, sign] = [wanted.slice(0, -1), wanted.slice(-1)];
  return marks.some(([own, mark]) => own === kind && mark === sign);
}

/* Find lines of the ledger that print what was typed, or stand at an address that holds it. */
W.findPrints = function (book, typed, most = 60) {
  const word = typed.trim().toLowerCase();
  const found = [];
  if (!word) return found;
  book.slides.forEach((slide) => slide.lines.forEach((line, j) => {
    if (found.length < most && line.printed.toLowerCase() === word) found.push({ line, slide: slide.number, place: j + 1 });
  }));
  return found;
};
