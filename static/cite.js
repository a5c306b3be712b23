// Copies links, words and citations; says what was copied; lets selected words be cited.

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const BY_HAND = `It is selected: press ${MAC ? "⌘" : "Ctrl+"}C to copy it.`;

async function write(text, html) {
  if (html && window.ClipboardItem) {
    const part = (kind, words) => new Blob([words], { type: kind });
    await navigator.clipboard.write([
      new ClipboardItem({ "text/plain": part("text/plain", text), "text/html": part("text/html", html) }),
    ]);
  } else {
    await navigator.clipboard.writeText(text);
  }
}

function say(bar, words) {
  const status = bar.querySelector("[role=status]");
  status.textContent = "";
  // A moment without words, so that the same words are spoken again.
  setTimeout(() => { status.textContent = words; }, 50);
}

function select(target) {
  target.closest("details")?.setAttribute("open", "");
  target.focus();
  if (target.select) {
    target.select();
  } else {
    getSelection().selectAllChildren(target);
  }
}

async function copy(link) {
  const bar = link.closest("[data-cite]");
  const target = document.getElementById(link.hash.slice(1));
  const text = target.value ?? target.textContent;
  try {
    await write(text, target.value === undefined ? target.innerHTML : null);
    say(bar, `${link.dataset.copy} is copied.`.replace("words is", "words are"));
  } catch {
    select(target);
    say(bar, BY_HAND);
  }
}

for (const link of document.querySelectorAll("a[data-copy]")) {
  link.setAttribute("role", "button");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    copy(link);
  });
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      copy(link);
    }
  });
}

// Selected words.

const region = document.querySelector(".selected-words");
const answers = new Map();

function fragment(words) {
  const paragraphs = words.split(/\n+/).map((one) => one.trim()).filter(Boolean);
  const parts = (one) => one.split(/\s+/);
  const escape = (one) => encodeURIComponent(one).replace(/-/g, "%2D");
  const [first, last] = [parts(paragraphs[0]), parts(paragraphs.at(-1))];
  if (paragraphs.length === 1 && first.length <= 12) {
    return `#:~:text=${escape(first.join(" "))}`;
  }
  return `#:~:text=${escape(first.slice(0, 6).join(" "))},${escape(last.slice(-6).join(" "))}`;
}

// The words of a selection without names, numbers and what is only there to be spoken.
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const piece = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".transcript .piece[id]");
  const first = piece(range.startContainer);
  // A selection of whole lines often ends before the first word of the next turn.
  const last = range.endOffset === 0 && piece(range.endContainer) !== first ? piece(range.endContainer)?.previousElementSibling : piece(range.endContainer);
  if (!first || !last?.id) return null;
  const copy = range.cloneContents();
  copy.querySelectorAll(".who, .number, .unseen").forEach((one) => one.remove());
  copy.querySelectorAll("p, .piece, br").forEach((one) => one.after("\n"));
  const words = copy.textContent.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");
  if (words.length < 3) return null;
  return { words, numbers: first.id === last.id ? first.id : `${first.id}-${last.id}` };
}

function ask(numbers) {
  const address = `${region.dataset.path}/${numbers}/cite/json?revision=${region.dataset.revision}`;
  if (!answers.has(address)) {
    answers.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
  }
  return answers.get(address);
}

let now = null;

function follow() {
  // What is being pressed is not taken away.
  if (region.contains(document.activeElement)) return;
  now = chosen();
  region.hidden = now === null;
  if (now === null) return;
  const turns = now.numbers.includes("-") ? "turns" : "turn";
  region.querySelector(".selected-where").textContent = `Selected in ${turns} ${now.numbers.replace("-", "–")}`;
  for (const link of region.querySelectorAll("a[data-leads-to]")) {
    link.href = `${region.dataset.path}/${now.numbers}${link.dataset.leadsTo}?revision=${region.dataset.revision}`;
  }
  ask(now.numbers).catch(() => {});
}

async function copySelected(what) {
  const { words, numbers } = now;
  try {
    const answer = await ask(numbers);
    const link = answer.link + fragment(words);
    const style = answer.styles["chicago-note"];
    if (what === "link") await write(link);
    if (what === "words") await write(`“${words}”\n${answer.attribution.replace(answer.link, link)}`);
    if (what === "citation") await write(style.text, style.html);
    say(region, { link: "The link is copied.", words: "The words are copied.", citation: "The citation (Chicago, note) is copied." }[what]);
  } catch {
    say(region, "The browser did not let us copy. Follow “Cite these turns” and take the text there.");
  }
}

if (region) {
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 200);
  });
  for (const button of region.querySelectorAll("button")) {
    button.addEventListener("click", () => copySelected(button.dataset.what));
  }
  region.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      region.hidden = true;
      document.getElementById(now.numbers.split("-")[0])?.focus();
    }
  });
}
