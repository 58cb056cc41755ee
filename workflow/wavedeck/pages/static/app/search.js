"use strict";
/* The screen with all figures: search, filters, results. */

const FILTERS = ["part", "wave", "state", "mark"];
const STEP = 50;
const FIRST_PRINTS = 6;

W.views.figures = async function (asked) {
  await W.load("slides");
  const figures = await W.figures();
  startFilters(figures);
  $("find").value = asked.get("find") || (asked.has("address") ? $("find").value : "");
  for (const name of FILTERS) if (asked.has(name) || !asked.has("address")) $(`by-${name}`).value = asked.get(name) || "";
  if (asked.has("printed") || !asked.has("address")) $("by-printed").checked = asked.has("printed");
  W.showResults(figures, STEP);
  const address = asked.get("address");
  W.title(address || W.say("figures"));
  if (!address) return W.showNothing("choose_a_figure");
  if (W.isNarrow()) W.wantsFocus = true;
  return W.showCard(address);
};

W.typed = async function () {
  await W.load("slides");
  const figures = await W.figures();
  startFilters(figures);
  W.put(W.searchHash());
  const { screen } = W.asked();
  if (document.body.dataset.screen !== screen) await W.route();
  else W.showResults(figures, STEP);
};

W.searchHash = function () {
  const asked = new URLSearchParams();
  asked.set("figures", "");
  if ($("find").value) asked.set("find", $("find").value);
  for (const [name, value] of Object.entries(chosen())) if (value) asked.set(name, value === true ? "" : value);
  return `#${asked}`;
};

function chosen() {
  const own = Object.fromEntries(FILTERS.map((name) => [name, $(`by-${name}`).value]));
  return { ...own, printed: $("by-printed").checked };
}

W.showResults = function (figures, most) {
  const typed = $("find").value;
  const { found } = W.find(figures, typed, chosen());
  const text = W.say("found", { count: W.count(found.length), all: W.count(figures.size) });
  $("count").textContent = text;
  W.announce(text);
  const rows = found.slice(0, most).map((i) => resultRow(figures, i));
  $("results-body").replaceChildren(...rows);
  $("more").hidden = found.length <= most;
  $("more").onclick = () => W.showResults(figures, most + 4 * STEP);
  showPrints(typed);
};

function resultRow(figures, i) {
  const { names, columns } = figures;
  const said = figures.text(i);
  const address = figures.address(i);
  const link = el("a", { href: `#address=${address}` }, said.what);
  link.addEventListener("click", (event) => openCard(event, address, link));
  const slides = [...(figures.slides.get(i) || [])];
  return el("tr", {},
    el("th", { scope: "row" }, link, names.part.length > 1 ? el("span", { class: "quiet" }, ` ${said.part}`) : null),
    el("td", {}, said.group),
    el("td", {}, said.wave),
    el("td", { class: "right value" }, columns.printed[i]),
    ...figures.kinds.map((kind) => el("td", { class: "sign" }, W.sign(columns[kind][i], kind))),
    el("td", { class: "right" }, columns.base[i] === null ? "" : W.count(columns.base[i])),
    el("td", {}, names.state[columns.state[i]] === "shown" ? "" : W.state(names.state[columns.state[i]])),
    el("td", {}, slides.flatMap((number, place) => [place ? ", " : "", W.linkToSlide(number, 0, String(number))])),
  );
}

/* Show a card beside the results without drawing them again. */
async function openCard(event, address, link) {
  event.preventDefault();
  history.pushState(null, "", `#address=${address}`);
  W.opener = link;
  W.wantsFocus = true;
  W.title(address);
  for (const one of $("results-body").querySelectorAll("a[aria-current]")) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  try {
    await W.showCard(address);
  } catch (error) {
    W.fail(error);
  }
}

/* What prints exactly as typed, figures and other numbers alike, with the slide it stands on. */
function showPrints(typed) {
  const book = W.data.slides;
  const found = W.findPrints(book, typed);
  $("prints").hidden = found.length === 0;
  $("prints-title").textContent = W.say("printed_as", { printed: typed, count: found.length });
  const items = found.map((one) => printItem(book, one));
  const rest = items.splice(FIRST_PRINTS);
  const more = rest.length ? [el("li", { class: "plain" }, el("details", {}, el("summary", {}, W.say("and_more", { count: rest.length })), el("ul", {}, rest)))] : [];
  $("prints-list").replaceChildren(...items, ...more);
}

const printItem = (book, { line, slide, place }) =>
  el("li", {}, W.linkToSlide(slide, place), `: ${book.names[line.address] || W.field(line.field)} `,
    el("span", { class: "quiet" }, W.place(line.element)));

function startFilters(figures) {
  if (W.filtersStand) return;
  W.filtersStand = true;
  const { names } = figures;
  choices("part", names.part);
  choices("wave", names.wave);
  choices("state", names.state.map((state) => [state, W.say(`state_${state}`)]));
  const signs = figures.kinds.flatMap((kind) => [
    [`${kind}+`, W.say("is_higher", { against: W.kindOfTest(kind) })],
    [`${kind}-`, W.say("is_lower", { against: W.kindOfTest(kind) })],
  ]);
  choices("mark", [["any", W.say("mark_any")], ["none", W.say("mark_none")], ["untested", W.say("mark_untested")], ...signs]);
}

function choices(name, options) {
  $(`by-${name}`).append(...options.map(([value, text]) => el("option", { value }, text)));
}

W.startSearch = function () {
  const run = () => W.typed().catch(W.fail);
  $("find").addEventListener("input", run);
  $("find").addEventListener("focus", () => W.load("slides").then(W.figures).catch(W.fail));
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  for (const name of FILTERS) $(`by-${name}`).addEventListener("change", run);
  $("by-printed").addEventListener("change", run);
};
