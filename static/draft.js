// Saves what a draft is while it is typed, and says honestly whether it is saved. Without this the form has a button.

const form = document.getElementById("fields");
const state = document.querySelector(".save-state");
const place = document.querySelector(".unsaved");
const IDLE = 1500;
const AGAIN = 5000;

/** What the form says, without how often it was saved. */
function words() {
  const body = new URLSearchParams(new FormData(form));
  body.delete("saves");
  return body.toString();
}

let kept = place.hidden ? words() : null;
let timer = 0;
let running = null;
// Somebody else saved meanwhile, or something is wrong: nothing is sent again before an editor has looked.
let halted = kept === null;
let leaving = false;

const isOpen = () => kept !== words();
const tell = (text) => { state.textContent = text; };

/** The time of a moment, as a clock on the wall shows it. */
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Shows why nothing was saved, and what somebody else saved. */
function refuse({ problem, differences }) {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  const why = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = "Not saved.";
  why.append(strong, ` ${problem}`);
  notice.append(why);
  if (differences.length > 0) {
    const list = document.createElement("ul");
    list.append(...differences.map(({ name, is, yours }) => {
      const item = document.createElement("li");
      const [now, own] = [is, yours].map((text) => Object.assign(document.createElement("q"), { textContent: text }));
      item.append(`${name}: it says `, now, " now, you wrote ", own);
      return item;
    }));
    notice.append(list);
  }
  place.replaceChildren(notice);
  place.hidden = false;
}

async function send() {
  const sent = words();
  tell("Saving …");
  let answer;
  let said;
  try {
    answer = await fetch(form.action, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)),
    });
    said = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null;
  } catch {
    answer = null;
  }
  if (answer?.ok && said) {
    form.elements.saves.value = said.saves;
    kept = sent;
    place.hidden = true;
    document.querySelector("h1").textContent = form.elements.title.value;
    tell(isOpen() ? "Not saved yet" : `Saved ${clock(said.at)}`);
    return true;
  }
  if (said?.problem) {
    if (said.saves !== null) {
      // Whoever has seen the difference saves over it knowingly: by the button, not by themselves.
      form.elements.saves.value = said.saves;
      halted = true;
    }
    refuse(said);
    tell("Not saved: see below; your words are still here");
    return false;
  }
  const why = answer === null ? "the server cannot be reached"
    : answer.status === 403 ? "you are no longer signed in; sign in in another window"
    : answer.status === 404 ? "this is no draft any more"
    : "the server could not do it";
  tell(`Not saved: ${why}; your words are still here`);
  timer = setTimeout(save, AGAIN);
  return false;
}

/** Saves what is not saved; one request at a time. Says whether everything is saved. */
async function save() {
  clearTimeout(timer);
  if (running) await running;
  if (!isOpen()) return true;
  running = send();
  const done = await running;
  running = null;
  return done && !isOpen();
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  if (!isOpen()) return;
  if (!halted) {
    tell("Not saved yet");
    timer = setTimeout(save, IDLE);
  }
});
form.addEventListener("change", () => {
  if (!halted) save();
});

// Whatever is pressed on this page, what was typed is saved before.
document.addEventListener("submit", async (event) => {
  if (leaving) return;
  const own = event.target === form;
  if (own && !running) {
    leaving = true;
    clearTimeout(timer);
    return;
  }
  if (!running && !isOpen()) return;
  event.preventDefault();
  const { target, submitter } = event;
  if (own) await running;
  else if (halted || !(await save())) return;
  leaving = true;
  target.requestSubmit(submitter);
}, true);

addEventListener("beforeunload", (event) => {
  if (!leaving && isOpen()) event.preventDefault();
});
addEventListener("pageshow", () => { leaving = false; });
