"use strict";
/* Which screen the address bar asks for: #slide=9&n=12, #address=…, #figures, #rows=…, #row=vr/2013:168, #data. */

const SCREENS = ["slides", "figures", "rows", "data", "methods", "checks"];

W.asked = function () {
  const asked = new URLSearchParams(location.hash.slice(1));
  const is = (name) => asked.has(name);
  if (is("address") || is("figures") || is("find")) return { screen: "figures", asked };
  if (is("rows") || is("row")) return { screen: "rows", asked };
  const plain = SCREENS.find((name) => is(name));
  return { screen: plain || "slides", asked };
};

W.go = (hash) => {
  if (location.hash === hash) W.route();
  else location.hash = hash;
};

/* Change the address bar without a new entry in the history. */
W.put = (hash) => history.replaceState(null, "", hash);

W.route = async function () {
  const { screen, asked } = W.asked();
  $("problem").hidden = true;
  for (const name of SCREENS) $(`screen-${name}`).hidden = name !== screen;
  $("panel").hidden = !["slides", "figures"].includes(screen);
  document.body.dataset.screen = screen;
  for (const link of document.querySelectorAll("#screens a")) {
    const isHere = link.dataset.screen === screen;
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  try {
    await W.views[screen](asked);
  } catch (error) {
    W.fail(error);
  }
};

W.title = (text) => {
  document.title = `${text} – ${W.data.site.name}`;
};
