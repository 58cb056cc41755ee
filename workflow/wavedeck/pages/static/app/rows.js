"use strict";
/* The screen with the rows behind a figure; only on the site that stays inside. */

const AT_ONCE = 50;

W.rowsLink = function (card) {
  if (!card.rows) return el("p", { class: "quiet" }, W.say("rows_none"));
  return el("p", {}, el("a", { class: "to-rows", href: `#rows=${card.address}` }, W.say("rows_behind")));
};

W.views.rows = async function (asked) {
  if (asked.get("row")) return W.showRespondent(...asked.get("row").split(":"));
  const address = asked.get("rows");
  if (!address) return showForm();
  await W.load("slides");
  const at = await W.whereIs(address);
  if (at === null) throw new Error(`${W.say("no_such_figure")}: ${address}`);
  const { card, shared } = await W.cardAt(at);
  return showRows(card, shared, Number(asked.get("from")) || 1);
};

async function showForm() {
  const shared = await W.load("shared");
  const choice = el("select", { id: "row-wave" }, Object.keys(shared.evidence).map((name) => {
    const [part, wave] = name.split("/");
    return el("option", { value: name, selected: wave === shared.wave }, `${shared.parts[part]} ${shared.waves[wave]}`);
  }));
  const number = el("input", { id: "row-number", type: "number", min: "1", required: true });
  const form = el("form", { class: "filters" },
    el("label", {}, W.say("by_part"), choice),
    el("label", {}, W.say("raw_row"), number),
    el("button", { type: "submit" }, W.say("row_go")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    W.go(`#row=${choice.value}:${number.value}`);
  });
  $("screen-rows").replaceChildren(el("h1", {}, W.say("rows")), el("p", {}, W.say("rows_choose")), el("h2", {}, W.say("search_row")), form);
  W.title(W.say("rows"));
}

async function showRows(card, shared, from) {
  const rows = card.rows;
  const head = [el("h1", {}, W.say("rows_behind")), figureHead(card, shared)];
  if (!rows) return $("screen-rows").replaceChildren(...head, el("p", {}, W.say("rows_none")));
  const shows = W.shownBy(rows);
  const columns = [...rows.terms.flatMap((term) => [term.of, term.per]), ...shows.map((one) => one.id)];
  const evidence = await W.evidence(rows.evidence, columns);
  const answers = await W.answers(evidence, rows.questions);
  const parts = W.partsOf(rows, evidence);
  const listed = [...parts.keys()];
  const first = Math.min(Math.max(from, 1), Math.max(listed.length, 1));
  const here = listed.slice(first - 1, first - 1 + AT_ONCE);
  const plan = { evidence, answers, parts, shows, shared, evidenceName: rows.evidence };
  $("screen-rows").replaceChildren(
    ...head,
    fileLine(evidence.base),
    el("p", { id: "sum" }, sumOf(card, parts)),
    W.table(W.say("rows_shown", { from: first, to: first + here.length - 1, all: listed.length }), headsOf(plan), here.map((i) => rowOf(plan, i))),
    pages(card.address, first, listed.length),
  );
  W.title(`${W.say("rows")} ${card.address}`);
}

function figureHead(card, shared) {
  const name = W.nameOf(card, shared);
  const printed = ((card.printed || {})[W.data.site.language] || {}).estimate;
  return el("div", {},
    el("p", { class: "printed" }, printed || ""),
    el("p", {}, [name.what, name.part, name.group, name.wave].join(" · ")),
    W.hiddenNote(card),
    el("p", {}, W.linkTo(card.address, W.say("back_to_figure"))));
}

const fileLine = (base) => el("p", { class: "quiet" }, `${base.file}, SHA-256 `, el("code", {}, base.sha256), ` (${W.told(base.verdict)})`);

function sumOf(card, parts) {
  const all = [...parts.values()];
  const estimate = (card.values || {}).estimate;
  if (all.includes(null)) return W.say("rows_of_model", { count: all.length });
  const total = all.reduce((sum, one) => sum + one, 0);
  if (estimate === undefined) return "";
  const isEqual = Math.abs(total - estimate) <= 1e-9 * Math.max(1, Math.abs(estimate));
  return W.say(isEqual ? "adds_up" : "adds_up_not", { count: all.length, total: W.number(total, 15), estimate: W.number(estimate, 15) });
}

function headsOf({ answers, shows, shared, evidenceName }) {
  const questions = Object.entries(answers).flatMap(([name, own]) => [
    ...Object.keys(own.raw).map((column) => W.say("raw_value", { column })),
    ...(own.codes ? [W.say("coded_value", { question: name })] : []),
    W.say("cleaned_value", { question: labelOf(shared, evidenceName, name) }),
  ]);
  const counts = shows.map(({ name }) => (name === "value" ? W.say("counts_plain") : W.say("counts_as", { name: W.side(name) })));
  return [W.say("raw_row"), W.say("respondent"), ...questions, ...counts, W.say("weight"), W.say("part_of_estimate"), W.say("cleaning_rule")];
}

function labelOf(shared, evidenceName, name) {
  const question = shared.questions[`${evidenceName}/${name}`];
  return (question && question.label) || name;
}

function rowOf({ evidence, answers, parts, shows, evidenceName }, i) {
  const { base } = evidence;
  const texts = Object.values(answers).flatMap((own) => [
    ...Object.values(own.raw).map((coded) => el("span", { class: "raw" }, W.value(coded, i))),
    ...(own.codes ? [W.value(own.codes, i)] : []),
    W.cleaned(W.value(own.cleaned, i)),
  ]);
  const counts = shows.map((one) => W.number(W.shownAt(one, evidence, i), 8));
  const changes = base.changes.filter((one) => one.row === base.rows[i] && one.variable in answers);
  return [
    el("a", { href: `#row=${evidenceName}:${base.rows[i]}` }, String(base.rows[i])),
    el("code", {}, base.ids[i]),
    ...texts, ...counts,
    W.number(W.value(base.weight, i), 6),
    parts.get(i) === null ? "–" : W.number(parts.get(i), 6),
    changes.map((one) => `${one.column} ‘${one.raw}’ → ${W.answered(one.value)} (${one.rule})`).join("; "),
  ];
}

function pages(address, first, all) {
  const link = (from, word) => el("a", { href: `#rows=${address}&from=${from}` }, W.say(word));
  return el("p", { class: "jumps" },
    first > 1 ? link(Math.max(first - AT_ONCE, 1), "rows_before") : null,
    first + AT_ONCE <= all ? link(first + AT_ONCE, "next_rows") : null);
}
