// Names offered while they are typed: the combobox of ARIA 1.2 with a list. Without this a field is a plain field.

const ADDRESS = "/api/v1/suggest";
const PATIENCE = 80;
const KINDS = { speaker: "speaker", topic: "topic", series: "series" };

let fields = 0;

/** Offers names below one field. */
function offer(input) {
  const kind = input.dataset.suggest;
  const list = document.createElement("ul");
  list.id = `suggestions-${++fields}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", kind ? `Names: ${kind}` : "Speakers, topics and series");
  list.hidden = true;
  const told = document.createElement("span");
  told.className = "unseen";
  told.setAttribute("role", "status");
  input.parentElement.classList.add("suggesting");
  input.parentElement.append(list, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let offered = [];
  let active = -1;
  let waiting = 0;
  let asking = null;

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const activate = (to) => {
    active = (to + offered.length) % offered.length;
    for (const [at, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(at === active));
      if (at === active) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
  };

  const choose = (at) => {
    const name = offered[at];
    close();
    if (kind) {
      input.value = name.name;
      input.focus();
    } else {
      // The address as this site is reached now, whatever it calls itself.
      location.assign(new URL(name.url).pathname);
    }
  };

  const show = (names) => {
    offered = names;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...names.map((name, at) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const words = document.createElement("span");
      words.textContent = name.name;
      const about = document.createElement("span");
      about.className = "about";
      const count = name.count.toLocaleString("en");
      about.textContent = kind ? count : `${KINDS[name.kind] ?? name.kind}, ${count}`;
      option.append(words, " ", about);
      // Before the field loses the focus.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(at));
      return option;
    }));
    list.hidden = names.length === 0;
    input.setAttribute("aria-expanded", String(names.length > 0));
    told.textContent = names.length ? `${names.length} ${names.length === 1 ? "name" : "names"} offered` : "";
  };

  const ask = async () => {
    const typed = input.value.trim();
    // Phrases and restrictions are no names.
    if (typed.length < 2 || /["“”:*()]/u.test(typed)) return close();
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(kind ? { q: typed, kind } : { q: typed });
    try {
      const answer = await fetch(`${input.dataset.suggestFrom ?? ADDRESS}?${query}`, { signal: asking.signal });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      if (document.activeElement === input && input.value.trim() === typed) show(suggestions);
    } catch {
      // Another letter was typed, or the archive cannot be reached: the field is still a field.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" && !open && input.value) ask();
    else if (event.key === "ArrowDown" && open) activate(active + 1);
    else if (event.key === "ArrowUp" && open) activate(active < 0 ? -1 : active - 1);
    else if (event.key === "Enter" && open && active >= 0) choose(active);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("input[data-suggest]").forEach(offer);
