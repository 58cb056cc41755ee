"use strict";
/* The card: one number from what is printed down to its definition, weights and tests. */

W.turn = 0;

W.showNothing = function (word = "choose_a_number") {
  W.turn += 1;
  $("card").replaceChildren(el("p", { class: "quiet" }, W.say(word)));
  $("close").hidden = true;
};

W.showChoice = function (book, number, lines, isSure) {
  W.turn += 1;
  const slide = W.slideOf(book, number);
  const choices = lines.map((place) => {
    const line = slide.lines[place - 1];
    const name = book.names[line.address] || W.field(line.field);
    return el("li", {}, W.linkToSlide(number, place, `${line.printed}: ${name}`), ` (${W.place(line.element)})`);
  });
  fill([el("h2", { tabindex: "-1" }, W.say("choose_one")), el("p", {}, W.say(isSure ? "why_several" : "why_choose")), el("ul", {}, choices)]);
};

/* Show what a line of the ledger prints. */
W.showLine = async function (book, slide, number, place) {
  const turn = (W.turn += 1);
  const line = slide.lines[place - 1];
  const head = el("header", {},
    el("p", { class: "printed" }, line.printed),
    el("p", { class: "quiet" }, `${W.say("slide_number", { number })}, ${W.place(line.element)} `, el("code", {}, line.element)),
  );
  const at = await W.whereIs(line.address);
  if (at === null) return fill([heading(W.field(line.field)), head, noFigure(line)], turn);
  const { card, shared } = await W.cardAt(at);
  return fill([head, ...cardContent(card, shared, line.field)], turn);
};

W.showCard = async function (address) {
  const turn = (W.turn += 1);
  const at = await W.whereIs(address);
  if (at === null) return fill([heading(W.say("no_such_figure")), el("p", {}, el("code", {}, address))], turn);
  const { card, shared } = await W.cardAt(at);
  return fill(cardContent(card, shared, "estimate"), turn);
};

/* Give the place of a figure in the list of all figures, null where an address is none. */
W.whereIs = async function (address) {
  const figures = await W.figures();
  return figures.places.has(address) ? figures.places.get(address) : null;
};

W.cardAt = async function (place) {
  const figures = await W.figures();
  const chunk = `cards/${figures.chunk[place]}`;
  const [shared, cards] = await W.loadAll(["shared", chunk]);
  return { card: cards[figures.address(place)], shared };
};

/* Fill the card, unless something else was asked for meanwhile. */
function fill(content, turn = W.turn) {
  if (turn !== W.turn) return;
  const card = $("card");
  card.replaceChildren(...content);
  $("close").hidden = false;
  $("panel").scrollTop = 0;
  if (W.wantsFocus) {
    W.wantsFocus = false;
    const head = card.querySelector("h2");
    if (head) head.focus();
    if (W.isNarrow()) $("panel").scrollIntoView();
  }
}

const heading = (text) => el("h2", { tabindex: "-1" }, text);

function noFigure(line) {
  const name = W.has(`about_${line.field}`) ? `about_${line.field}` : "about_constant";
  return el("div", {}, el("p", {}, W.say(name)), W.pairs([
    [W.say("declared_as"), el("code", {}, line.address)],
    [W.say("field"), W.field(line.field)],
  ]));
}

function cardContent(card, shared, field) {
  const name = W.nameOf(card, shared);
  return [
    heading(name.what),
    el("p", { class: "where" }, [name.part, name.group, name.wave].join(" · ")),
    el("p", {}, W.state(card.state), " ", ...(card.tests || []).map((one) => W.sign(one.mark, one.kind))),
    W.hiddenNote(card),
    valueBlock(card, field),
    stateBlock(card, shared),
    formulaBlock(card),
    W.rowsLink ? W.rowsLink(card) : null,
    definitionBlock(card, shared),
    weightBlock(card, shared),
    modelBlock(card, shared),
    testBlock(card, shared),
    printBlock(card),
    checkBlock(card),
    W.section(W.say("address"), el("p", {}, el("code", { class: "address" }, card.address), " ", W.linkTo(card.address, W.say("link_here")))),
  ].filter(Boolean);
}

/* Say that a figure is not published, where its values can be seen all the same. */
W.hiddenNote = (card) =>
  card.values && !["shown", "low_base"].includes(card.state) ? el("p", { class: "hidden-figure" }, W.say("hidden_figure")) : null;

function stateBlock(card, shared) {
  if (card.values || !shared.states[card.state]) return null;
  return el("p", {}, shared.states[card.state]);
}

/* Printed <- rounded <- estimate, with what says how sure it is. */
function valueBlock(card, field) {
  const values = card.values;
  if (!values) return null;
  const language = W.data.site.language;
  const own = field in values ? field : "estimate";
  const printed = ((card.printed || {})[language] || {})[own];
  const rounded = (card.rounded || {})[own];
  const steps = [printed, rounded && W.digits(rounded), W.number(values[own], 15)].filter(Boolean);
  const low = W.number(values.ci_low, 6);
  return W.section(W.say("value"),
    el("ol", { class: "steps" }, steps.map((text, i) => el("li", {},
      el("span", { class: "quiet" }, W.say(["step_printed", "step_rounded", "step_estimate"][i + 3 - steps.length])), " ", el("b", {}, text)))),
    W.pairs([
      [W.say("field"), own === "estimate" ? "" : W.field(own)],
      [W.say("standard_error"), W.number(values.se, 6)],
      [W.say("interval"), low === "–" ? "" : W.say("from_to", { low, high: W.number(values.ci_high, 6) })],
      [W.say("base"), W.count(values.base)],
      [W.say("weighted_base"), W.number(values.weighted_base, 8)],
      [W.say("effective_base"), W.number(values.effective_base, 6)],
      [W.say("deff"), W.number(values.deff, 4)],
      [W.say("degf"), W.number(values.degf, 8)],
    ]),
  );
}

function formulaBlock(card) {
  if (!card.formula) return null;
  const rests = (card.rests_on || []).map((address) => el("li", {}, W.linkTo(address)));
  return W.section(W.say("formula"),
    el("p", { class: "formula" }, W.formula(card.formula.text)),
    card.formula.filled ? el("p", { class: "formula" }, `= ${W.formula(card.formula.filled)}`) : null,
    rests.length ? el("details", {}, el("summary", {}, W.say("rests_on", { count: rests.length })), el("ul", {}, rests)) : null,
  );
}

function definitionBlock(card, shared) {
  const indicator = shared.indicators[card.indicator];
  const labels = Object.assign({}, ...(card.questions || []).map((key) => (shared.questions[key] || {}).categories));
  const groups = card.group.split("*").map((one) => shared.groups[one]).filter(Boolean);
  return W.section(W.say("definition"),
    W.pairs([
      [W.say("indicator"), `${indicator.label} (${W.statistic(indicator.statistic)})`],
      [W.say("declared_in"), indicator.place],
      [W.say("note"), indicator.note],
      [W.say("counted"), (card.counted || []).map((one) => labels[one] || one).join(", ")],
      [W.say("group"), groups.map((one) => `${one.label}: ${one.condition}`).join("; ")],
    ]),
    ...(card.questions || []).map((key) => questionOf(shared.questions[key])),
  );
}

function questionOf(question) {
  if (!question) return null;
  const listed = (known) => Object.entries(known || {}).map(([key, text]) => `${key || W.say("empty_code")} = ${text}`).join(", ");
  return el("details", {},
    el("summary", {}, `${W.say("question")}: ${question.label || question.name}`),
    question.text ? el("blockquote", {}, question.text) : null,
    W.pairs([
      [W.say("kind"), question.kind],
      [W.say("raw_columns"), (question.columns || []).join(", ")],
      [W.say("categories"), listed(question.categories)],
      [W.say("codes"), listed(question.codes)],
      [W.say("no_answer"), listed(Object.fromEntries(Object.entries(question.missing || {}).map(([key, why]) => [key, W.word(why)])))],
      [W.say("asked_of"), question.asked_if || W.say("everybody")],
    ]),
  );
}
