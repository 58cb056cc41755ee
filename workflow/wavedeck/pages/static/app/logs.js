"use strict";
/* Every change, finding and dropped row of a part and wave; only on the site that stays inside. */

W.rawTables = function (one) {
  const place = el("div");
  const details = el("details", {}, el("summary", {}, W.say("every_change")), place);
  details.addEventListener("toggle", async () => {
    if (!details.open || place.childElementCount) return;
    try {
      place.append(...tablesOf(await W.load(`logs/${one.key}`), one.key));
    } catch (error) {
      W.fail(error);
    }
  });
  return details;
};

function tablesOf(logs, key) {
  const link = (row) => (row ? el("a", { href: `#row=${key}:${row}` }, String(row)) : "–");
  const heads = (names) => names.map(W.sayPlain);
  return [
    W.growing(W.say("every_change"), heads(["raw_row", "variable", "column", "raw", "cleaned", "rule", "reason"]), logs.changes.map(([row, variable, column, raw, value, rule, reason]) => () => [link(row), variable, column, raw, W.cleaned(value), W.rule(rule), reason])),
    W.growing(W.say("every_finding"), heads(["severity", "rule", "raw_row", "column", "raw", "message", "count"]), logs.findings.map(([severity, rule, row, ...rest]) => () => [W.word(severity), W.rule(rule), link(row), ...rest])),
    W.growing(W.say("every_dropped"), heads(["raw_row", "rule"]), logs.dropped.map(([row, rule]) => () => [link(row), W.rule(rule)])),
  ];
}
