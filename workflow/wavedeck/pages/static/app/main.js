"use strict";
/* Keys, and the start of it all. */

function isTyping(target) {
  return /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return leave();
  if (isTyping(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    $("find").focus();
    $("find").select();
  }
  if (document.body.dataset.screen !== "slides") return;
  if (event.key === "ArrowLeft") W.step(-1);
  if (event.key === "ArrowRight") W.step(1);
  if (["ArrowUp", "ArrowDown"].includes(event.key) && event.target.classList.contains("mark")) {
    event.preventDefault();
    const next = event.key === "ArrowDown" ? event.target.nextElementSibling : event.target.previousElementSibling;
    if (next) next.focus();
  }
}

/* Escape: empty the search, or close the card and go back to the number that opened it. */
function leave() {
  if (document.activeElement === $("find")) {
    if ($("find").value) {
      $("find").value = "";
      W.typed().catch(W.fail);
    } else $("find").blur();
    return;
  }
  const opener = W.opener;
  W.opener = null;
  if (document.body.dataset.screen === "slides") W.go(`#slide=${W.current.slide}`);
  else if (W.asked().asked.has("address")) closeFigure();
  if (opener && opener.isConnected) opener.focus();
}

function closeFigure() {
  W.put(W.searchHash());
  W.title(W.say("figures"));
  W.showNothing("choose_a_figure");
}

function skip(event) {
  event.preventDefault();
  const target = $(event.target.dataset.to);
  target.focus();
  target.scrollIntoView();
}

W.start = function () {
  W.startSlides();
  W.startSearch();
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", W.route);
  for (const link of document.querySelectorAll("a.skip")) link.addEventListener("click", skip);
  $("close").addEventListener("click", leave);
  return W.route();
};

/* Make search ready while nobody waits for it. */
W.prepare = function () {
  const whenIdle = window.requestIdleCallback || ((run) => setTimeout(run, 200));
  whenIdle(() => W.load("slides").then(W.figures).catch(W.fail));
};

W.start().then(W.prepare);
