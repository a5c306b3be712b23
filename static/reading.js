// Keys for reading, and an address that follows the turn being read. The page works without any of it.

const OFF = "onrecord-keys-off";
const pieces = [...document.querySelectorAll(".transcript .piece[id]")].filter((piece) => piece.id);
const hits = pieces.filter((piece) => piece.querySelector("mark"));
const dialog = document.getElementById("keys");
const button = document.querySelector(".keys-button");
const box = document.getElementById("keys-on");
const still = matchMedia("(prefers-reduced-motion: reduce)");
let scrolled = false;

// A device that keeps nothing only forgets the choice.
const recall = () => { try { return localStorage.getItem(OFF) !== null; } catch { return false; } };
const remember = (off) => { try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* see above */ } };
let off = recall();

// The turn at the reader's eyes: the last one that begins above a line a quarter down the window.
function atEyes() {
  const line = innerHeight / 4;
  let low = 0, high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle].getBoundingClientRect().top <= line) low = middle + 1; else high = middle;
  }
  return low - 1;
}

// Where keys move from: the turn that has the focus, or else the one at the reader's eyes.
function here() {
  const focused = document.activeElement?.closest?.(".transcript .piece[id]");
  const at = focused ? pieces.indexOf(focused) : -1;
  const box = focused?.getBoundingClientRect();
  const inSight = box && box.bottom > 0 && box.top < innerHeight;
  return at >= 0 && inSight ? at : atEyes();
}

function address(piece) {
  const hash = piece ? `#${piece.id}` : "";
  if (location.hash !== hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
}

function go(piece) {
  if (!piece) return;
  piece.focus({ preventScroll: true });
  piece.scrollIntoView({ block: "start", behavior: still.matches ? "instant" : "smooth" });
  address(piece);
  scrolled = false;
}

const step = {
  j: () => go(pieces[here() + 1]),
  k: () => go(pieces[Math.max(here() - 1, 0)]),
  n: () => { const at = here(); go(hits.find((hit) => pieces.indexOf(hit) > at)); },
  p: () => { const at = here(); go(hits.findLast((hit) => pieces.indexOf(hit) < at)); },
};

// Typing, shortcuts of browser and system, and open dialogs keep their keys.
function busy(event) {
  const { target } = event;
  return event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey
    || target.isContentEditable || Boolean(target.closest?.("input, textarea, select, dialog, [role='application'], [role='textbox'], [role='combobox']"));
}

function show() {
  box.checked = !off;
  dialog.showModal();
}

addEventListener("keydown", (event) => {
  if (off || busy(event)) return;
  if (event.key === "?") {
    event.preventDefault();
    show();
  } else if (Object.hasOwn(step, event.key)) {
    event.preventDefault();
    step[event.key]();
  }
});

if (dialog && button) {
  button.addEventListener("click", show);
  button.classList.add("ready");
  box.addEventListener("change", () => { off = !box.checked; remember(off); });
}

// The address bar and the list of sections follow when the page has come to rest.
const sections = [...document.querySelectorAll(".contents a")].map((link) => [link, document.getElementById(link.hash.slice(1))]);

function follow() {
  const at = atEyes();
  if (scrolled) address(pieces[at]);
  let current = null;
  for (const [link, heading] of sections) {
    if (heading && heading.getBoundingClientRect().top <= innerHeight / 4) current = link;
    link.removeAttribute("aria-current");
  }
  current?.setAttribute("aria-current", "location");
}

let rest = 0;
addEventListener("scroll", () => {
  clearTimeout(rest);
  rest = setTimeout(follow, 250);
}, { passive: true });
// Only scrolling by hand moves the address; a turn that was asked for by key or link stays in it.
for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  addEventListener(kind, (event) => { if (!event.defaultPrevented) scrolled = true; }, { passive: true });
}
addEventListener("hashchange", () => { scrolled = false; });
follow();
