// Keys for deciding: each presses the button, or follows the link, that shows it. The page works without any of it.

const OFF = "onrecord-keys-off";
const box = document.getElementById("keys-on");
const targets = new Map([...document.querySelectorAll("[data-key]")].map((target) => [target.dataset.key, target]));

// A device that keeps nothing only forgets the choice.
const recall = () => { try { return localStorage.getItem(OFF) !== null; } catch { return false; } };
const remember = (off) => { try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* see above */ } };
let off = recall();
// One key, one decision: what is pressed while the next suggestion is on its way decides nothing.
let leaving = false;

// Typing, and shortcuts of browser and system, keep their keys.
function busy(event) {
  const { target } = event;
  return event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey
    || target.isContentEditable || Boolean(target.closest?.("input:not([type='checkbox']), textarea, select"));
}

addEventListener("keydown", (event) => {
  if (off || leaving || busy(event)) return;
  const target = targets.get(event.key.toLowerCase());
  if (!target) return;
  event.preventDefault();
  leaving = true;
  target.click();
});
addEventListener("submit", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });

box.checked = !off;
box.parentElement.hidden = false;
box.addEventListener("change", () => { off = !box.checked; remember(off); });
