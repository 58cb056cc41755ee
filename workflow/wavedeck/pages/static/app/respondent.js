"use strict";
/* One raw row: what became of it, its weight and answers, and every figure that it is part of. */

const FIRST_FIGURES = 40;

W.showRespondent = async function (name, rowText) {
  const row = Number(rowText);
  const shared = await W.load("shared");
  if (!(name in shared.evidence)) throw new Error(W.say("row_unknown", { row: rowText, file: name }));
  await W.load("slides");
  const columns = Object.keys(shared.evidence[name].columns);
  const [evidence, figures, back] = await Promise.all([W.evidence(name, columns), W.figures(), W.load(`back/${name}`)]);
  const { base } = evidence;
  const i = base.rows.indexOf(row);
  const title = W.say("row_of", { row, file: base.file });
  const dropped = base.dropped.find((one) => one.row === row);
  const head = [el("h1", {}, title), el("p", { class: "quiet" }, `SHA-256 `, el("code", {}, base.sha256), ` (${W.told(base.verdict)})`)];
  W.title(title);
  if (i < 0) {
    const said = dropped ? W.say("row_dropped", { rule: dropped.rule }) : W.say("row_unknown", { row: rowText, file: base.file });
    return $("screen-rows").replaceChildren(...head, el("p", {}, said));
  }
  const answers = await W.answers(evidence, Object.keys(evidence.listed.questions));
  return $("screen-rows").replaceChildren(
    ...head,
    el("p", {}, W.say("row_kept")),
    W.pairs([[W.say("respondent"), el("code", {}, base.ids[i])], [W.say("in_weighting"), W.say(base.in_weighting[i] === "1" ? "yes" : "no")]]),
    weightOf(base, i),
    figuresOf(figures, back, evidence, i),
    answersOf(shared, name, base, answers, i),
  );
};

function weightOf(base, i) {
  const cell = base.cell ? base.cells[W.value(base.cell, i)] : null;
  return W.section(W.say("how_weight"), W.pairs([
    [W.say("weight"), W.number(W.value(base.weight, i), 10)],
    [W.say("cell"), cell ? cell.cell : ""],
    [W.say("how_weight"), cell ? howOf(cell) : ""],
    [W.say("respondents"), cell ? W.number(cell.respondents) : ""],
  ]));
}

/* Say how the weight of a cell came about. */
function howOf(cell) {
  const [, target, sample, weight] = cell.how.match(/^target (\S+)% \/ sample (\S+)% = (\S+)$/) || [];
  if (weight) return W.say("how_cell", { target: W.number(target), sample: W.number(sample), weight: W.number(weight) });
  return cell.cell ? W.formula(cell.how) : W.say("how_unplaced");
}

/* Every figure that a respondent is part of, those on slides first. */
function figuresOf(figures, back, evidence, i) {
  const inside = back.terms.map((term) => W.isInside(term, evidence, i));
  const own = back.figures.filter(([, terms]) => terms.some((term) => inside[term])).map(([address]) => figures.places.get(address));
  const printed = own.filter((place) => figures.slides.has(place));
  const ordered = [...printed, ...own.filter((place) => !figures.slides.has(place))];
  return W.section(W.say("row_figures"),
    el("p", { id: "row-count" }, W.say("row_figures_count", { count: own.length, printed: printed.length })),
    W.growing(W.say("row_figures"), ["figure", "group", "value", "slides"].map(W.sayPlain), ordered.map((place) => () => figureRow(figures, place)), { isTitled: true }, FIRST_FIGURES));
}

function figureRow(figures, place) {
  const said = figures.text(place);
  const address = figures.address(place);
  const slides = [...(figures.slides.get(place) || [])];
  return [
    el("a", { href: `#rows=${address}` }, said.what), said.group, figures.columns.printed[place],
    el("span", {}, slides.flatMap((number, k) => [k ? ", " : "", W.linkToSlide(number, 0, String(number))])),
  ];
}

function answersOf(shared, name, base, answers, i) {
  const changes = base.changes.filter((one) => one.row === base.rows[i]);
  const rows = Object.entries(answers).flatMap(([question, own]) => {
    const label = labelOf(shared, name, question);
    const raw = Object.entries(own.raw);
    const changed = changes.filter((one) => one.variable === question);
    const rule = changed.map((one) => `${one.rule}: ${one.reason}`).join("; ");
    return raw.length
      ? raw.map(([column, coded], k) => [column, el("span", { class: "raw" }, W.value(coded, i)), k ? "" : label, k ? "" : W.cleaned(W.value(own.cleaned, i)), k ? "" : rule])
      : [["–", own.codes ? W.value(own.codes, i) : "", label, W.cleaned(W.value(own.cleaned, i)), rule]];
  });
  return W.section(W.say("row_answers"), W.table(W.say("row_answers"), ["column", "raw", "question", "cleaned", "cleaning_rule"].map(W.sayPlain), rows, { isTitled: true }));
}
