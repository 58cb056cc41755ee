"use strict";
/* The rows behind a figure and the part that comes from each, worked out from the evidence. */

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/* Give the value of respondent i in a coded column. */
W.value = function (coded, i) {
  const code = typeof coded.codes === "string" ? ALPHABET.indexOf(coded.codes[i]) : coded.codes[i];
  return coded.levels[code];
};

/* Load respondents, groups and columns of one part and wave. */
W.evidence = async function (name, columns) {
  const shared = await W.load("shared");
  const listed = shared.evidence[name];
  const blocks = [...new Set(columns.filter(Boolean).map((one) => listed.columns[one]))];
  const keys = [name, listed.groups, ...blocks].map((one) => `evidence/${one}`);
  const [base, { groups, masks }, ...values] = await W.loadAll(keys);
  const known = Object.assign({}, ...values.map((one) => one.columns));
  return { name, base, groups, masks, listed, size: base.rows.length, column: (id) => known[id] };
};

const isSet = (bits, i) => bits[i] === "1";

/* Tell whether respondent i belongs to a term: in its group, in the weighting, with answers. */
W.isInside = function (term, evidence, i) {
  if (!isSet(evidence.groups[term.group], i)) return false;
  if (term.included && !isSet(evidence.base.in_weighting, i)) return false;
  if (term.mask && !isSet(evidence.masks[term.mask], i)) return false;
  return [term.of, term.per].every((id) => !id || W.value(evidence.column(id), i) !== null);
};

/* Give, per respondent behind a figure, the part of the estimate; null where a model stands between. */
W.partsOf = function (rows, evidence) {
  const parts = new Map();
  for (const term of rows.terms) {
    const inside = [];
    for (let i = 0; i < evidence.size; i += 1) if (W.isInside(term, evidence, i)) inside.push(i);
    const share = SHARES[term.kind](term, evidence, inside);
    inside.forEach((i, place) => {
      const own = share === null ? null : share[place];
      parts.set(i, own === null ? null : (parts.get(i) || 0) + own);
    });
  }
  return new Map([...parts].sort((a, b) => a[0] - b[0]));
};

const SHARES = {
  ratio(term, evidence, inside) {
    const { of, per, weight } = readers(term, evidence);
    const total = inside.reduce((sum, i) => sum + weight(i) * per(i), 0);
    return inside.map((i) => (total ? (term.sign * term.scale * weight(i) * of(i)) / total : 0));
  },
  count: (term, evidence, inside) => inside.map(() => term.sign * term.scale),
  correlation(term, evidence, inside) {
    const { of, per, weight } = readers(term, evidence);
    const sum = (give) => inside.reduce((total, i) => total + give(i), 0);
    const all = sum(weight);
    const meanOf = sum((i) => weight(i) * of(i)) / all;
    const meanPer = sum((i) => weight(i) * per(i)) / all;
    const x = (i) => of(i) - meanOf;
    const y = (i) => per(i) - meanPer;
    const root = Math.sqrt(sum((i) => weight(i) * x(i) ** 2) * sum((i) => weight(i) * y(i) ** 2));
    return inside.map((i) => (root ? (term.sign * term.scale * weight(i) * x(i) * y(i)) / root : 0));
  },
  rows: () => null,
};

function readers(term, evidence) {
  const reader = (id) => (id ? (i) => W.value(evidence.column(id), i) : () => 1);
  return {
    of: reader(term.of),
    per: reader(term.per),
    weight: term.weighted ? (i) => W.value(evidence.base.weight, i) : () => 1,
  };
}

/* Give raw and cleaned answers to questions: {question: {raw: {column: coded}, codes, cleaned}}. */
W.answers = async function (evidence, questions) {
  const blocks = [...new Set(questions.map((one) => evidence.listed.questions[one]).filter(Boolean))];
  const loaded = await W.loadAll(blocks.map((one) => `evidence/${one}`));
  const known = Object.assign({}, ...loaded.map((one) => one.questions));
  return Object.fromEntries(questions.filter((one) => one in known).map((one) => [one, known[one]]));
};

/* Put a cleaned answer into words: "!not_asked" says why there is none. */
W.answered = (text) => (/^!\w+$/.test(text) ? W.word(text.slice(1)) : text);

W.cleaned = (text) => (/^!\w+$/.test(text) ? el("span", { class: "quiet", title: text }, W.answered(text)) : text);

/* What counts for each row, by name: its column, a factor, and the terms beside whose rows it stands. */
W.shownBy = function (rows) {
  const found = new Map();
  for (const term of rows.terms) {
    for (const [name, [id, factor]] of Object.entries(term.show || {})) {
      if (!found.has(name)) found.set(name, { name, id, factor, terms: [] });
      found.get(name).terms.push(term);
    }
  }
  return [...found.values()];
};

/* Give the number that counts for respondent i; null where it has none, or is not in the term. */
W.shownAt = function ({ id, factor, terms }, evidence, i) {
  if (!terms.some((term) => W.isInside(term, evidence, i))) return null;
  const value = id ? W.value(evidence.column(id), i) : 1;
  return value === null ? null : value * factor;
};
