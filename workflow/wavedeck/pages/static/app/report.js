"use strict";
/* Screens about the whole report: data and weights, methods, checks. */

W.views.data = async function () {
  const quality = await W.load("quality");
  const parts = quality.map((one) =>
    el("article", { class: "part" },
      el("h2", {}, `${one.part_label} ${one.wave_label}`),
      one.file ? el("p", { class: "quiet" }, `${one.file}`) : null,
      certificate(one.certificate),
      counts("dispositions", ["disposition", "rule", "respondents"], one.dispositions, one.reasons),
      counts("cleaning", ["rule", "changes"], one.cleaning, one.reasons),
      counts("findings", ["severity", "rule", "findings_count"], one.findings, one.reasons),
      W.rawTables ? W.rawTables(one) : null,
    ));
  $("screen-data").replaceChildren(el("h1", {}, W.say("data")), el("p", {}, W.say("about_data")), contents(quality), ...parts);
  parts.forEach((part, i) => part.setAttribute("id", `part-${i}`));
  W.title(W.say("data"));
};

function contents(quality) {
  const jump = (i) => (event) => {
    event.preventDefault();
    const head = $(`part-${i}`).querySelector("h2");
    head.setAttribute("tabindex", "-1");
    head.focus();
    head.scrollIntoView();
  };
  return el("ul", { class: "jumps" }, quality.map((one, i) =>
    el("li", {}, el("a", { href: "#data", onclick: jump(i) }, `${one.part_label} ${one.wave_label}`))));
}

function certificate(own) {
  const block = W.section(W.say("certificate"), W.pairs([
    [W.say("method"), W.method(own.method)],
    [W.say("respondents"), own.respondents === undefined ? "" : W.counted(own.respondents)],
    [W.say("unplaced"), own.unplaced ? W.counted(own.unplaced) : ""],
    [W.say("effective_base"), W.number(own.effective_base, 6)],
    [W.say("deff"), W.number(own.deff, 4)],
    [W.say("efficiency"), W.percent(own.efficiency, 4)],
    [W.say("weights_range"), own.minimum === undefined ? "" : W.say("from_to", { low: W.number(own.minimum, 5), high: W.number(own.maximum, 5) })],
    [W.say("largest_deviation"), W.number(own.largest_deviation, 3)],
  ]));
  if (own.withheld) block.append(el("p", {}, own.withheld));
  if ((own.rows || []).length) block.append(W.marginTable(own.rows));
  if (own.proof) block.append(el("p", {}, W.say(own.proof.holds === own.proof.all ? "proof_holds" : "proof_fails", own.proof)));
  return block;
}

/* Counts by rule: a word, the rule, and how often; the word may be left out. */
function counts(name, heads, rows, reasons) {
  const right = heads.length - 1;
  if (!rows.length) return W.section(W.say(name), el("p", { class: "quiet" }, W.say("nothing_there")));
  const cells = rows.map((row) => row.map((cell, i) => (i === right ? W.counted(cell) : i === right - 1 ? W.rule(cell, reasons) : W.word(cell))));
  return W.section(W.say(name), W.table(W.say(name), heads.map((head) => W.say(head)), cells, { right: [right], isTitled: true }));
}

W.views.methods = async function () {
  const methods = await W.load("methods");
  const { kinds = {}, waves = {}, ...plainly } = methods.tests;
  $("screen-methods").replaceChildren(
    el("h1", {}, W.say("methods")),
    W.section(W.say("tests"), W.tree(plainly), ...Object.entries(kinds).map(([kind, one]) => testTable(kind, one))),
    ...Object.entries(waves).map(([wave, own]) =>
      el("details", {}, el("summary", {}, W.say("tests_of_wave", { wave })), ...Object.entries(own).map(([kind, one]) => testTable(kind, one)))),
    ...(methods.models.length ? [el("h2", {}, W.say("models"))] : []),
    ...methods.models.map((one) => el("details", { class: "model" }, el("summary", {}, one.title), W.modelTree(one.card))),
  );
  W.title(W.say("methods"));
};

function testTable(kind, { untested = {}, ...own }) {
  const rows = [...Object.entries(own), ...Object.entries(untested).map(([why, count]) => [`${W.say("untested")}: ${why}`, count])];
  return W.table(W.kindOfTest(kind), [W.say("what"), W.say("count")], rows.map(([name, count]) => [W.key(name), W.count(count)]), { right: [1] });
}

W.views.checks = async function () {
  const checks = await W.load("checks");
  $("screen-checks").replaceChildren(
    el("h1", {}, W.say("checks")),
    W.section(W.say("verification"), el("p", {}, W.say("about_verification")), ...verifications(checks.verification), el("p", {}, W.say("about_bare", { count: checks.bare }))),
    W.section(W.say("second_route"), el("p", {}, W.say("about_recomputation")),
      W.table(W.say("second_route"), [W.say("outcome"), W.say("route"), W.say("numbers_count")], checks.recomputation.map((row) => [W.told(row[0]), [row[1], row[2]].filter(Boolean).map(W.told).join(": "), W.count(row[3])]), { right: [2], isTitled: true })),
    W.section(W.say("hashes"), el("p", {}, W.say("about_hashes")),
      ...[["inputs", checks.inputs], ["outputs", checks.outputs]].map(([name, files]) =>
        W.table(W.say(name), [W.say("file"), W.say("size"), "SHA-256"], files.map((one) => [one.file, W.count(one.size), el("code", { class: "hash" }, one.sha256)]), { right: [1] }))),
  );
  W.title(W.say("checks"));
};

const PROBLEMS = { orphans: "orphans", mismatches: "mismatches", leaks: "leaks", changes: "changes_by_hand" };

/* What verification found in each file: how many numbers, of which kinds, and what is wrong. */
function verifications(all) {
  const counted = all.filter((one) => one.file);
  const heads = [W.say("file"), W.say("numbers_count"), ...Object.values(PROBLEMS).map((name) => W.say(name))];
  const rows = counted.map((one) => {
    const wrong = Object.fromEntries(one.problems);
    return [one.file, W.count(one.numbers), ...Object.keys(PROBLEMS).map((name) => W.count(wrong[name] || 0))];
  });
  const kinds = (one) => one.kinds.map(([kind, count]) => `${W.count(count)} ${W.account(kind)}`).join(", ");
  return [
    W.table(W.say("verification"), heads, rows, { right: [1, 2, 3, 4, 5], isTitled: true }),
    el("ul", {}, counted.map((one) => el("li", {}, `${one.file}: ${kinds(one)}`))),
    ...all.filter((one) => one.line).map((one) => el("p", {}, one.line)),
  ];
}
