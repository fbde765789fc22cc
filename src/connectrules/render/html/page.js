// The page at work: the list, the controls, the keys, and paper.

const SLICE = 200;
const LISTS = new Map([["rules", "decided by"], ["asks", "still to ask"]]);
const state = { decision: "", rule: null, search: "", sort: "file" };
const opened = new Set();
let found = contacts;
let shown = 0;

// The list

// What was chosen, in words: "8 of 40 contacts: to connect with, decided by three rules".
const chosenIn = ({ decision, rule, search }, number) => {
  const contactsIn = (count) => `${count.toLocaleString("en")} contact${count === 1 ? "" : "s"}`;
  const what = [
    decision && DECISIONS.find(([name]) => name === decision)[1],
    rule && `${LISTS.get(rule.list)} ${rule.text}`,
    search.trim() && `with “${search.trim()}”`,
  ].filter(Boolean);
  if (!what.length) return contactsIn(contacts.length);
  return `${number.toLocaleString("en")} of ${contactsIn(contacts.length)}: ${what.join(", ")}`;
};

const buttonOf = (item) => item.querySelector("h3 button");
const contactOf = (element) => contacts[element.closest(".contact").dataset.place];

const unfold = (item) => {
  item.append(detail(contactOf(item)));
  item.classList.add("opened");
  buttonOf(item).setAttribute("aria-expanded", "true");
};

const toggle = (item) => {
  const contact = contactOf(item);
  if (opened.delete(contact.place)) {
    item.querySelector(".detail").remove();
    item.classList.remove("opened");
    buttonOf(item).setAttribute("aria-expanded", "false");
    if (current === contact) mark(null);
  } else {
    opened.add(contact.place);
    unfold(item);
    mark(contact);
  }
};

const showMore = (upTo) => {
  const next = found.slice(shown, upTo).map((contact) => {
    const item = row(contact);
    if (opened.has(contact.place)) unfold(item);
    return item;
  });
  at("contacts").append(...next);
  shown += next.length;
  at("more").hidden = shown >= found.length;
  at("some").textContent = `Show ${Math.min(SLICE, found.length - shown)} more`;
  at("all").textContent = `Show all ${found.length.toLocaleString("en")}`;
};

const update = () => {
  found = chosen(state);
  shown = 0;
  at("contacts").replaceChildren();
  showMore(SLICE);
  at("found").textContent = chosenIn(state, found.length);
};

// The controls

const setUpDecisions = () => {
  const counts = counted("is");
  const choose = (decision) => {
    state.decision = decision;
    for (const button of at("decisions").children) {
      button.setAttribute("aria-pressed", String(button.value === decision));
    }
    update();
  };
  for (const [decision, says] of [["", "all"], ...DECISIONS]) {
    const count = decision ? counts.get(decision) ?? 0 : contacts.length;
    if (!count && decision) continue;
    const number = made("b", {}, count.toLocaleString("en"));
    const chooses = { type: "button", value: decision, className: decision || "every" };
    const button = made("button", chooses, number, ` ${says}`);
    button.setAttribute("aria-pressed", String(!decision));
    button.addEventListener("click", () => choose(decision));
    at("decisions").append(button);
    if (!decision) continue;
    const part = made("span", { className: decision });
    part.style.flexGrow = count;
    at("share").append(part);
  }
};

const setUpRules = () => {
  const options = [null];
  at("rule").append(made("option", { value: 0 }, "any"));
  for (const [list, label] of LISTS) {
    const counts = [...counted(list)].sort(([, one], [, other]) => other - one);
    const group = made("optgroup", { label });
    for (const [text, count] of counts) {
      const label = `${text} (${count.toLocaleString("en")})`;
      group.append(made("option", { value: options.length }, label));
      options.push({ list, text });
    }
    if (counts.length) at("rule").append(group);
  }
  at("rule").addEventListener("change", (event) => {
    state.rule = options[event.target.value];
    update();
  });
};

const setUpControls = () => {
  setUpDecisions();
  setUpRules();
  at("sort").append(...SORTS.map(([value, says]) => made("option", { value }, says)));
  at("sort").addEventListener("change", (event) => {
    state.sort = event.target.value;
    update();
  });
  at("search").addEventListener("input", (event) => {
    state.search = event.target.value;
    update();
  });
  at("some").addEventListener("click", () => {
    const first = shown;
    showMore(shown + SLICE);
    buttonOf(at("contacts").children[first]).focus();
  });
  at("all").addEventListener("click", () => {
    const first = shown;
    showMore(found.length);
    buttonOf(at("contacts").children[first]).focus();
  });
  at("contacts").addEventListener("click", ({ target }) => {
    const rule = target.closest("button.rule");
    if (rule) {
      mark(contactOf(rule));
      at("policy").firstElementChild.open = true;
      showRule(rule.dataset.rule);
    } else if (target.closest("h3 button")) toggle(target.closest(".contact"));
  });
  at("contacts").addEventListener("focusin", ({ target }) => {
    const contact = contactOf(target);
    if (contact !== current && opened.has(contact.place)) mark(contact);
  });
  at("controls").hidden = false;
};

const setUpTheme = () => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);
  const name = () => {
    at("theme").textContent = isDark() ? "Light colours" : "Dark colours";
  };
  at("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    name();
  });
  dark.addEventListener("change", name);
  name();
  at("theme").hidden = false;
};

// The keys

const move = (step) => {
  const items = at("contacts").children;
  const here = document.activeElement.closest(".contact");
  const next = here ? [...items].indexOf(here) + step : 0;
  if (next >= items.length) showMore(shown + SLICE);
  const item = items[next];
  if (!item) return;
  buttonOf(item).focus();
  item.scrollIntoView({ block: "nearest" });
};

const close = () => {
  const ofCurrent = `#contacts [data-place="${current?.place}"]`;
  const item = document.activeElement.closest(".contact") ?? document.querySelector(ofCurrent);
  if (!item || !opened.has(contactOf(item).place)) return;
  toggle(item);
  buttonOf(item).focus();
};

const leaveSearch = () => {
  if (at("search").value) {
    at("search").value = state.search = "";
    update();
  } else at("search").blur();
};

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const press = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { activeElement } = document;
  const types = activeElement.matches("input, select");
  const lists = activeElement === document.body || at("contacts").contains(activeElement);
  if (event.key === "Escape") activeElement === at("search") ? leaveSearch() : close();
  else if (event.key === "/" && !types) at("search").focus();
  else if (STEPS[event.key] && activeElement === at("search") && event.key === "ArrowDown") move(1);
  else if (STEPS[event.key] && lists) move(STEPS[event.key]);
  else return;
  event.preventDefault();
};

// Paper shows all that was chosen

addEventListener("beforeprint", () => showMore(found.length));
addEventListener("keydown", press);

if (matchMedia("(max-width: 60rem)").matches) at("policy").firstElementChild.open = false;
setUpControls();
setUpTheme();
update();
