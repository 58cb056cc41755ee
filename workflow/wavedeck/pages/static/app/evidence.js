"use strict";
/* The lower half of a card: weights, model, tests, where it is printed, and what was checked. */

function weightBlock(card, shared) {
  const own = shared.weightings[card.weighting];
  if (!own) return null;
  return W.section(W.say("weights"),
    el("p", {}, [W.method(own.method), own.rule].filter(Boolean).join(": ")),
    ...[own.filter, own.unplaced, own.withheld].filter(Boolean).map((text) => el("p", {}, text)),
    (own.cells || []).length
      ? el("details", {}, el("summary", {}, W.say("weight_cells", { count: own.cells.length })), W.marginTable(own.cells))
      : null,
  );
}

W.marginTable = function (cells) {
  const rows = cells.map((one) => [
    [one.margin === "cells" ? "" : one.margin, one.label || one.category].filter(Boolean).join(": "),
    W.share(one.target), W.share(one.achieved), W.share(one.unweighted), W.counted(one.respondents),
  ]);
  const heads = ["cell", "target", "achieved", "in_sample", "respondents"].map((name) => W.say(name));
  return W.table(W.say("margins"), heads, rows, { right: [1, 2, 3, 4] });
};

/* Write out a count; a text such as "<10" stays as it is, and what is withheld says so. */
W.counted = function (count) {
  if (count === undefined || count === null) return el("span", { class: "quiet" }, W.say("withheld"));
  return typeof count === "number" ? W.count(count) : count;
};

function modelBlock(card, shared) {
  const model = shared.models[card.model];
  if (!model) return null;
  return W.section(W.say("model"), W.modelTree(model),
    card.driver ? el("details", {}, el("summary", {}, W.say("driver_card")), W.tree(card.driver)) : null);
}

/* The card of a model; its names say what drivers are called. */
W.modelTree = ({ names = {}, ...card }) => W.tree(card, names);

/* Name a key of plain data. */
W.key = (name) => (W.has(`key_${name}`) ? W.say(`key_${name}`) : name.replaceAll("_", " "));

/* Plain data as nested keys and values; names say what some of both are called. */
W.tree = function (data, names = {}) {
  if (Array.isArray(data)) {
    return data.every((one) => typeof one !== "object" || one === null)
      ? data.map((one) => names[one] || plain(one)).join(", ") || "–"
      : el("ul", {}, data.map((one) => el("li", {}, W.tree(one, names))));
  }
  if (typeof data !== "object" || data === null) return plain(data);
  if (!Object.keys(data).length) return "–";
  return W.pairs(Object.entries(data).map(([key, value]) => [names[key] || W.key(key), nested(value, names)]));
};

function nested(value, names) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return W.tree(value, names);
  return Object.keys(value).length > 6
    ? el("details", {}, el("summary", {}, W.say("entries", { count: Object.keys(value).length })), W.tree(value, names))
    : W.tree(value, names);
}

function plain(value) {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number") return W.number(value, 8);
  if (typeof value === "boolean") return W.say(value ? "yes" : "no");
  return W.told(String(value));
}

function testBlock(card, shared) {
  if (!(card.tests || []).length) return null;
  return W.section(W.say("tests"), ...card.tests.map((one) => testOf(one, shared)));
}

function testOf(one, shared) {
  const told = shared.tests;
  const minimum = told.minimum_difference && Object.entries(told.minimum_difference).map(([unit, least]) => `${W.number(least)} (${W.unit(unit)})`).join(", ");
  return el("div", { class: "test" },
    el("h4", {}, (told.kinds || {})[one.kind] || W.kindOfTest(one.kind)),
    W.pairs([
      [W.say("against"), one.against ? W.linkTo(one.against, againstOf(one, shared)) : ""],
      [W.say("difference"), W.number(one.difference, 6)],
      [W.say("standard_error"), W.number(one.se, 6)],
      ["t (df)", one.t === undefined || one.t === null ? "" : `${W.number(one.t, 5)} (${W.number(one.df, 5)})`],
      ["p", W.number(one.p, 4)],
      [W.say("decision_p"), one.decision_p === undefined ? "" : `${W.number(one.decision_p, 4)} (df ${W.number(one.decision_df, 5)})`],
      [W.say("p_adjusted"), W.number(one.p_adjusted, 4)],
      [W.say("family_of"), one.tests ? W.say("family_size", { count: one.tests, correction: told.correction_text || told.correction }) : ""],
      [W.say("level"), one.p === undefined ? "" : W.number(told.level)],
      [W.say("minimum_difference"), one.p === undefined ? "" : minimum],
      [W.say("verdict"), verdict(one, told.reasons)],
    ]),
    one.p === undefined ? null : el("details", {}, el("summary", {}, W.say("how_tested")), W.pairs([[W.say("test"), told.test], [W.say("decision"), told.decision], [W.say("family"), told.family]])),
  );
}

/* Name the figure that another is held against: its wave, and its value where it has one. */
function againstOf(one, shared) {
  const wave = one.against.split("/").pop();
  const other = W.number(one.other, 6);
  return `${shared.waves[wave] || one.against}${other === "–" ? "" : `: ${other}`}`;
}

function verdict(one, reasons) {
  const words = { "+": "significantly_higher", "-": "significantly_lower", none: "no_difference" }[one.mark] || "no_test";
  return el("span", {}, W.say(words), ...(one.reason ? [": ", ...W.reason(one.reason, reasons)] : []));
}

/* Every place in the report that prints a figure. */
function printBlock(card) {
  const book = W.data.slides;
  const found = book.slides.flatMap((slide) =>
    slide.lines.map((line, j) => ({ line, slide: slide.number, place: j + 1 })).filter((one) => one.line.address === card.address));
  if (!found.length) return W.section(W.say("printed_where"), el("p", { class: "quiet" }, W.say("not_printed")));
  const items = found.map(({ line, slide, place }) => el("li", {},
    el("b", {}, line.printed), " ", W.linkToSlide(slide, place), `: ${W.place(line.element)} `,
    el("span", { class: "quiet" }, W.field(line.field))));
  return W.section(W.say("printed_where"), el("ul", { class: "prints" }, items));
}

function checkBlock(card) {
  const verdicts = W.data.site.recomputed;
  const found = W.figureAt(card.address);
  if (!verdicts || found === null || found.recomputed === undefined) return null;
  const [state, route, reason] = verdicts[found.recomputed];
  const text = { same: W.say("recomputed_same", { route: W.told(route) }), "not recomputed": `${W.say("not_recomputed")}: ${W.told(reason)}` }[state];
  return W.section(W.say("second_route"), el("p", {}, text || `${W.told(state)} ${W.told(reason)}`));
}
