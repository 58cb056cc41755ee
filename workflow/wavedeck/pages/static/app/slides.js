"use strict";
/* Slides as pictures with a button on every printed number, and a list of them below. */

W.current = { slide: 0, line: 0 };

W.views.slides = async function (asked) {
  const book = await W.load("slides");
  const wanted = Number(asked.get("slide"));
  const { number } = W.slideOf(book, wanted) || book.slides[0];
  if (number !== W.current.slide) drawSlide(book, number);
  const line = Number(asked.get("n")) || 0;
  W.current = { slide: number, line };
  selectLine(book, number, line);
};

W.step = function (by) {
  const { slides } = W.data.slides;
  const next = slides[slides.findIndex((one) => one.number === W.current.slide) + by];
  if (next) W.go(`#slide=${next.number}`);
};

function drawSlide(book, number) {
  const slide = W.slideOf(book, number);
  const title = W.say("slide_titled", { number, title: slide.title });
  const picture = $("picture");
  picture.src = slide.file;
  picture.width = slide.width;
  picture.height = slide.height;
  picture.alt = title;
  $("slide-title").textContent = title;
  $("slide-choice").value = String(number);
  $("before").disabled = slide === book.slides[0];
  $("after").disabled = slide === book.slides[book.slides.length - 1];
  $("marks").replaceChildren(...marksOf(book, slide, number));
  $("lines").replaceChildren(...listsOf(book, slide, number));
  for (const link of document.querySelectorAll("#rail a")) {
    if (link.dataset.slide === String(number)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  W.title(title);
  W.announce(title);
  performance.mark("slide");
}

/* One button for each place; numbers that cannot be told apart share theirs. */
function marksOf(book, slide, number) {
  const places = new Map();
  slide.lines.forEach((line, i) => {
    for (const box of line.boxes || []) {
      const key = box.slice(0, 4).join();
      if (!places.has(key)) places.set(key, { box, lines: [] });
      places.get(key).lines.push(i + 1);
    }
  });
  const inReadingOrder = [...places.values()].sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0]);
  return inReadingOrder.map((place) => markAt(book, slide, number, place));
}

function markAt(book, slide, number, { box, lines }) {
  const line = slide.lines[lines[0] - 1];
  const isSure = box[4] === 1;
  const said = isSure || lines.length === 1
    ? lines.map((place) => wordsOf(book, slide.lines[place - 1])).join(" – ")
    : W.say("one_of", { printed: line.printed, count: lines.length });
  const mark = el("button", { type: "button", class: "mark", "aria-label": said, title: said, "data-lines": lines.join(" ") });
  const [x, y, width, height] = box.map((part) => `${(part * 100).toFixed(3)}%`);
  Object.assign(mark.style, { left: x, top: y, width, height });
  mark.addEventListener("click", () => chooseLine(number, lines, isSure));
  return mark;
}

function wordsOf(book, line) {
  const name = book.names[line.address] || W.field(line.field);
  return `${line.printed}: ${name}; ${W.place(line.element)}`;
}

function chooseLine(number, lines, isSure) {
  W.opener = document.activeElement;
  W.wantsFocus = true;
  if (lines.length === 1) W.go(`#slide=${number}&n=${lines[0]}`);
  else W.showChoice(W.data.slides, number, lines, isSure);
}

function selectLine(book, number, line) {
  const slide = W.slideOf(book, number);
  for (const mark of $("marks").children) {
    const isChosen = mark.dataset.lines.split(" ").includes(String(line));
    mark.classList.toggle("chosen", isChosen);
    mark.setAttribute("aria-pressed", String(isChosen));
  }
  for (const link of document.querySelectorAll("#lines a[data-line]")) {
    link.toggleAttribute("aria-current", link.dataset.line === String(line));
  }
  if (!line || !slide.lines[line - 1]) return W.showNothing();
  return W.showLine(book, slide, number, line);
}

/* The numbers of a slide as tables: on it, and in notes, alternative texts and workbooks. */
function listsOf(book, slide, number) {
  const numbered = slide.lines.map((line, i) => [line, i + 1]);
  const parts = [
    ["lines_on_slide", numbered.filter(([line]) => !W.isOffSlide(line.element)), true],
    ["lines_off_slide", numbered.filter(([line]) => W.isOffSlide(line.element)), false],
  ];
  return parts
    .filter(([, lines]) => lines.length)
    .map(([title, lines, open]) =>
      el("details", { class: "lines", open: open && !W.isNarrow() },
        el("summary", {}, `${W.say(title)} (${lines.length})`),
        W.table(W.say(title), [W.say("printed"), W.say("what"), W.say("where")], lines.map((one) => lineRow(book, number, one)), { isTitled: true }),
      ),
    );
}

W.isNarrow = () => window.matchMedia("(max-width: 61.99rem)").matches;

function lineRow(book, number, [line, place]) {
  const link = el("a", { href: `#slide=${number}&n=${place}`, "data-line": place }, line.printed);
  link.addEventListener("click", () => {
    W.opener = link;
    W.wantsFocus = true;
  });
  const field = line.field === "estimate" ? "" : ` (${W.field(line.field)})`;
  const name = book.names[line.address];
  return [link, name ? `${name}${field}` : W.field(line.field), W.place(line.element)];
}

W.startSlides = function () {
  const titles = W.data.site.slides;
  $("slide-choice").append(...titles.map(([number, title]) => el("option", { value: number }, `${number}  ${title}`)));
  $("slide-choice").addEventListener("change", (event) => W.go(`#slide=${event.target.value}`));
  $("rail-list").append(
    ...titles.map(([number, title]) => el("li", {}, el("a", { href: `#slide=${number}`, "data-slide": number },
      el("span", { class: "count" }, String(number)), el("span", {}, title)))),
  );
  $("before").addEventListener("click", () => W.step(-1));
  $("after").addEventListener("click", () => W.step(1));
  $("enlarge").addEventListener("click", () => toggle($("enlarge"), "enlarged"));
  $("outline").addEventListener("click", () => toggle($("outline"), "outlined"));
};

function toggle(button, name) {
  const isOn = $("stage").classList.toggle(name);
  button.setAttribute("aria-pressed", String(isOn));
}
