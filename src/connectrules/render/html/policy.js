// The policy beside the contacts, with the lines marked that decide about one of them.

let current = null;
const places = new Map(frame.places.map(([name, first, last]) => [name, [first, last]]));
const code = document.querySelector("#policy .code");
const lines = [...code.querySelectorAll(".line")];

const excerptOf = (rule) => {
  const [first, last] = places.get(rule);
  const copies = lines.slice(first - 1, last).map((line) => line.cloneNode(true));
  for (const [index, copy] of copies.entries()) {
    copy.className = "line";
    copy.style.counterSet = `line ${first + index - 1}`;
  }
  const text = copies.flatMap((copy) => [copy, "\n"]);
  return made("pre", { className: "code" }, made("code", {}, text));
};

const showRule = (rule) => {
  const line = lines[places.get(rule)[0] - 1];
  code.scrollTop = line.offsetTop - code.clientHeight / 3;
};

const mark = (contact) => {
  for (const line of lines) line.classList.remove("decides", "open", "against");
  current = contact;
  at("marked").hidden = !contact;
  if (!contact) return;
  const { decide, against } = spoken(contact);
  const kind = contact.is === "undecided" ? "open" : "decides";
  for (const [rules, name] of [[decide, kind], [against, "against"]]) {
    for (const rule of rules) {
      const [first, last] = places.get(rule) ?? [1, 0];
      for (const line of lines.slice(first - 1, last)) line.classList.add(name);
    }
  }
  const rule = [...decide].find((name) => places.has(name));
  const what = kind === "open" ? "what may decide about" : "what decides about";
  const says = rule ? `Marked: ${what} ` : "Nothing in the policy decides about ";
  at("marked").replaceChildren(says, made("bdi", {}, contact.name));
  if (rule) showRule(rule);
};
