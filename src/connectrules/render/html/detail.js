// What stands on the page about one contact.

const MARKS = { holds: "✓", fails: "✗", open: "?" };
const RULES = new Set(["rule", "against"]);
const LINKS = new Set(["http:", "https:", "mailto:"]);

const row = (contact) => {
  const about = ["position", "company"].map((name) => fieldOf(contact, name)).filter(Boolean);
  const button = made(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": `detail-${contact.place}` },
    made("span", { className: `badge ${contact.is}` }, contact.is),
    made(
      "span",
      { className: "who" },
      made("bdi", { className: "name" }, contact.name),
      about.length && [" ", made("bdi", { className: "what" }, about.join(", "))],
    ),
    made("span", { className: "says" }, texts[contact.says]),
  );
  const item = made("li", { className: "contact" }, made("h3", {}, button));
  item.dataset.place = contact.place;
  return item;
};

const linked = ({ link }, shown) => {
  if (!link || !URL.canParse(link) || !LINKS.has(new URL(link).protocol)) return shown;
  const away = { rel: "noopener noreferrer nofollow", target: "_blank" };
  return made("a", { href: link, ...away }, shown);
};

const facts = (contact) => {
  const list = made("dl", { className: "facts" });
  const add = (name, value) =>
    list.append(made("div", {}, made("dt", {}, name), made("dd", {}, made("bdi", {}, value))));
  for (const [index, name] of frame.fields.entries()) {
    const text = texts[contact.about[index]];
    if (text) add(name, name === "url" ? linked(contact, text) : text);
  }
  if (contact.key !== contact.name) add("key", contact.key);
  return list;
};

const placed = ({ where }) => (where ? [" ", made("small", {}, `(${where})`)] : []);

// What names a branch: a rule that stands in the policy can be pressed, to see it there.
const titled = ({ kind, title }) => {
  if (!RULES.has(kind) || !places.has(title)) return title && made("b", {}, title);
  const shows = { type: "button", className: "rule", title: "show in the policy" };
  const button = made("button", shows, title);
  button.dataset.rule = title;
  return button;
};

// A policy's own words, which stand in backticks in a terminal.
const worded = (text) =>
  text.split(/`([^`]+)`/).map((part, place) => (place % 2 ? made("q", {}, part) : part));

const branch = (node) => {
  const line = made("span", { className: "line-of" });
  const mark = MARKS[node.kind];
  if (mark) line.append(made("span", { className: "mark", "aria-hidden": "true" }, mark), " ");
  line.append(titled(node), made("bdi", {}, worded(node.rest)), ...placed(node));
  return made(
    "li",
    { className: node.kind },
    line,
    node.under.length && made("ul", {}, node.under.map(branch)),
  );
};

const listed = (title, nodes) => [
  made("h4", {}, title),
  made("ul", { className: "tree" }, nodes.map(branch)),
];

// The tree of an explanation, under headings: the rules that decided are its why.
const sections = (contact) => {
  const nodes = contact.tree.map(read);
  const rules = nodes.filter((node) => node.kind === "rule");
  const found = rules.length ? listed("why", rules) : [];
  for (const node of nodes) {
    if (node.kind === "rule") continue;
    if (node.under.length) found.push(...listed(node.title + node.rest, node.under));
    else found.push(made("p", {}, made("bdi", {}, worded(node.title + node.rest)), placed(node)));
  }
  return found;
};

const detail = (contact) => {
  const { decide } = spoken(contact);
  const lines = [...decide].filter((rule) => places.has(rule)).map(excerptOf);
  return made(
    "div",
    { className: "detail", id: `detail-${contact.place}` },
    facts(contact),
    sections(contact),
    lines.length && made("div", { className: "excerpt" }, made("h4", {}, "in the policy"), lines),
  );
};
