"use strict";
/* Loads data, makes elements, says words. Data files call wavedeck(key, value); nothing is fetched. */

const W = { data: {}, loading: {}, views: {} };

function wavedeck(key, value) {
  W.data[key] = value;
}

/* Give the data of a file under data/, loading it when it is first asked for. */
W.load = function (key) {
  if (key in W.data) return Promise.resolve(W.data[key]);
  if (!W.loading[key]) {
    W.loading[key] = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `data/${W.fileOf(key)}`;
      script.onload = () => (key in W.data ? resolve(W.data[key]) : reject(new Error(W.missing(key))));
      script.onerror = () => reject(new Error(W.missing(key)));
      document.head.append(script);
    }).finally(() => delete W.loading[key]);
  }
  return W.loading[key];
};

W.loadAll = (keys) => Promise.all(keys.map(W.load));
W.fileOf = (key) => `${key.replaceAll("*", "+")}.js`;
W.missing = (key) => W.say("missing_file", { file: `data/${W.fileOf(key)}` });

/* Give a word of the interface, {names} in it filled in. */
W.say = function (name, values = {}) {
  const text = W.data.site.words[name];
  if (text === undefined) return name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
};

W.has = (name) => name in W.data.site.words;

/* Make an element: el("a", {href: "#x", class: "y"}, "text", otherElement). */
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== ""));
  return node;
}

const $ = (id) => document.getElementById(id);

/* Give what a sentence of an earlier stage is called in the language of the page. */
W.told = (text) => W.data.site.sentences[text] || text;

/* Write a number out with the decimal mark of the language; nothing for what does not exist. */
W.number = function (value, digits = 10) {
  if (value === null || value === undefined) return "–";
  const [plain, power] = String(Number(Number(value).toPrecision(digits))).split("e");
  const written = plain.replace("-", "−").replace(".", W.data.site.decimal);
  return power ? `${written} × 10${raised(power)}` : written;
};

const raised = (power) => [...power].map((one) => ({ "-": "⁻", "+": "" })[one] ?? "⁰¹²³⁴⁵⁶⁷⁸⁹"[one]).join("");

/* Write a count out, thousands apart. */
W.count = (value) => (Number.isInteger(value) && Math.abs(value) >= 1000 ? new Intl.NumberFormat(W.data.site.language).format(value) : W.number(value));

const NUMBER = /^\d+(\.\d+)?(e[-+]\d+)?$/;

/* Write a formula out: signs of arithmetic, and numbers as the language has them. */
W.formula = (text) => text
  .replace(/\d[\d.]*e[-+]\d+|[\w.]+/g, (one) => (NUMBER.test(one) ? W.number(one, 8) : one))
  .replace(/ x /g, " × ")
  .replace(/ - /g, " − ")
  .replace(/(^|[\s(])-(?=\d)/g, "$1−");

/* Write a number that is text already with the signs of the language, its digits as they are. */
W.digits = (text) => text.replace("-", "−").replace(".", W.data.site.decimal);

/* Write a share as percent with two decimals, so that shares stand under each other. */
W.share = (share) => (share === null || share === undefined ? "–" : `${W.digits((share * 100).toFixed(2))}%`);

W.percent = (share, digits = 6) => (share === null || share === undefined ? "–" : `${W.number(share * 100, digits)}%`);

/* A table with a caption, unseen where a title stands above it; rows are lists of texts or elements, the first of each row its head. */
W.table = function (caption, heads, rows, options = {}) {
  const head = el("tr", {}, heads.map((one, i) => el("th", { scope: "col", class: W.isRight(options, i) }, one)));
  const body = rows.map((row) =>
    el("tr", {}, row.map((cell, i) => {
      const content = cell === null || cell === undefined ? "" : cell;
      return i === 0
        ? el("th", { scope: "row", class: W.isRight(options, i) }, content)
        : el("td", { class: W.isRight(options, i) }, content);
    })),
  );
  const table = el("table", {}, el("caption", { class: options.isTitled ? "unseen" : null }, caption), el("thead", {}, head), el("tbody", {}, body));
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
};

W.isRight = (options, i) => ((options.right || []).includes(i) ? "right" : null);

/* Names and values, one pair per line; pairs without a value are left out. */
W.pairs = function (pairs) {
  const own = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== "–");
  return el("dl", {}, own.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
};

W.section = (title, ...content) => el("section", { class: "block" }, el("h3", {}, title), ...content);

/* Tell a screen reader what changed. */
W.announce = (text) => {
  $("say").textContent = text;
};

W.fail = function (error) {
  const place = $("problem");
  place.textContent = error.message;
  place.hidden = false;
};

W.sayPlain = (name) => W.say(name);

/* A table that shows its first rows and grows on request; rows are functions, made when shown. */
W.growing = function (caption, heads, rows, options = {}, step = 200) {
  const place = el("div");
  const show = (most) => {
    const table = W.table(caption, heads, rows.slice(0, most).map((make) => make()), options);
    const more = rows.length > most ? el("button", { type: "button", onclick: () => show(most + 5 * step) }, W.say("show_more")) : "";
    place.replaceChildren(table, more);
  };
  if (rows.length) show(step);
  else place.append(el("p", { class: "quiet" }, `${caption}: ${W.say("nothing_there")}`));
  return place;
};
