"use strict";
/* What things are called: places on a slide, fields, figures, states. */

/* Put the name of a ledger element into words: "table:composition/r3c2" -> "table, row 3, column 2". */
W.place = function (element) {
  const [shape, at = ""] = element.split("/");
  const [kind, ...rest] = shape.split(":");
  const where = W.placeWithin(kind, at);
  const known = kind.replace(/_\d+$/, "");
  if (kind === "alt") return `${W.say("place_alt")}: ${rest.join(":")}`;
  if (kind === "notes") return [W.say("place_notes"), W.placeWithin("notes", at)].filter(Boolean).join(", ");
  return [W.has(`place_${known}`) ? W.say(`place_${known}`) : shape, where].filter(Boolean).join(", ");
};

W.placeWithin = function (kind, at) {
  const cell = at.match(/^r(\d+)c(\d+)/);
  if (cell) return W.say("place_cell", { row: cell[1], column: cell[2] });
  const point = at.match(/^s(\d+)p(\d+)/);
  if (point) return W.say("place_point", { series: point[1], point: point[2] });
  const mark = at.match(/^p(\d+)([xy])$/);
  if (mark) return W.say("place_mark", { point: mark[1], axis: mark[2] });
  const series = at.match(/^s(\d+)$/);
  if (series) return W.say("place_series", { series: series[1] });
  const paragraph = at.match(/^p(\d+)$/);
  if (paragraph && !["title", "slide_number", "base", "number"].includes(kind)) {
    return W.say("place_paragraph", { number: paragraph[1] });
  }
  return paragraph ? "" : at;
};

/* Tell whether a ledger element can be seen on the slide itself. */
W.isOffSlide = (element) => /^(notes|alt:|workbook:|docProps|section)/.test(element);

W.field = function (field) {
  const name = field.replace(".", "_");
  return W.has(`field_${name}`) ? W.say(`field_${name}`) : field;
};

/* The slide with a number in the deck; hidden slides have a number and no picture. */
W.slideOf = (book, number) => book.slides.find((one) => one.number === number);

/* Name a number that counts for a row. */
W.side = (name) => (W.has(`side_${name}`) ? W.say(`side_${name}`) : name);

W.account = (kind) => (W.has(`account_${kind}`) ? W.say(`account_${kind}`) : kind);

W.unit = (name) => (W.has(`unit_${name}`) ? W.say(`unit_${name}`) : name);

W.word = (name) => (W.has(`word_${name}`) ? W.say(`word_${name}`) : name);

W.method = (name) => (W.has(`method_${name}`) ? W.say(`method_${name}`) : name);

/* Name a rule of cleaning: "routing:set_missing" in words, a rule of the study by its reason. */
W.rule = function (rule, reasons = {}) {
  const [name, action] = rule.split(":");
  const words = reasons[rule] || (W.has(`rule_${name}`) ? W.say(`rule_${name}`) : "");
  const said = [words, action && W.has(`action_${action}`) ? W.say(`action_${action}`) : ""].filter(Boolean).join(": ");
  return said ? el("span", {}, said, " ", el("code", { class: "quiet" }, rule)) : rule;
};

/* Say why there is no test; what follows ": " is the figure that is the cause. */
W.reason = function (text, reasons = {}) {
  const [why, ...rest] = text.split(": ");
  const cause = rest.join(": ");
  return [reasons[why] || why, ...(cause ? [": ", W.linkTo(cause)] : [])];
};

W.statistic = (name) => (W.has(`stat_${name}`) ? W.say(`stat_${name}`) : name.replaceAll("_", " "));

W.kindOfTest = (kind) => (W.has(`against_${kind}`) ? W.say(`against_${kind}`) : kind);

W.state = (state) => el("span", { class: `state state-${state}` }, W.say(`state_${state}`));

const SIGNS = { "+": "▲", "-": "▼" };

W.sign = function (mark, kind) {
  if (!(mark in SIGNS)) return "";
  const words = W.say(mark === "+" ? "is_higher" : "is_lower", { against: W.kindOfTest(kind) });
  const style = mark === "+" ? "higher" : "lower";
  return el("span", { class: style, title: words }, SIGNS[mark], el("span", { class: "unseen" }, words));
};

/* Name a figure from what all cards share. */
W.nameOf = function (card, shared) {
  const item = card.item ? shared.items[`${card.indicator}@${card.item}`] || card.item : "";
  const category = card.category ? shared.categories[`${card.indicator}.${card.category}`] || card.category : "";
  return {
    what: [shared.indicators[card.indicator].label, item, category].filter(unlikeTheFirst).join(" · "),
    part: shared.parts[card.part] || card.part,
    group: card.group.split("*").map((one) => (shared.groups[one] || { label: one }).label).join(" × "),
    wave: shared.waves[card.wave] || card.wave,
  };
};

function unlikeTheFirst(text, place, all) {
  return text && all.indexOf(text) === place;
}

W.linkTo = (address, text) => el("a", { href: `#address=${address}` }, text || address);

W.linkToSlide = (slide, line, text) =>
  el("a", { href: line ? `#slide=${slide}&n=${line}` : `#slide=${slide}` }, text || W.say("slide_number", { number: slide }));
