// The contacts: read from the page, found by what is typed, and put in order.

const elementsOfData = [...document.querySelectorAll("script.contacts")];
const frame = JSON.parse(at("frame").textContent);
const texts = [];
const contacts = [];

for (const element of elementsOfData) {
  const part = JSON.parse(element.textContent);
  for (const text of part.texts) texts.push(text);
  for (const contact of part.contacts) {
    contact.place = contacts.length;
    contacts.push(contact);
  }
  element.remove();
}

const DECISIONS = [
  ["connect", "to connect with"],
  ["review", "to review"],
  ["undecided", "undecided"],
  ["decline", "declined"],
  ["error", "could not be judged"],
];

const fieldOf = (contact, name) => texts[contact.about[frame.fields.indexOf(name)]];

// Letters as they are compared: without case, and without accents.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const searched = (contact) => {
  if (contact.searched === undefined) {
    const shown = [contact.says, ...contact.about].map((each) => texts[each]);
    contact.searched = folded([contact.name, contact.key, ...shown].join("\n"));
  }
  return contact.searched;
};

const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });
const rankOf = new Map(DECISIONS.map(([decision], rank) => [decision, rank]));

// What comes first when nothing is there to compare: those who have it.
const byText = (text) => (one, other) => {
  const [left, right] = [text(one), text(other)];
  if (!left || !right) return (left ? 0 : 1) - (right ? 0 : 1);
  return collator.compare(left, right);
};

const questions = (contact) => contact.asks.length || contacts.length;

const SORTS = [
  ["file", "file order", () => 0],
  ["name", "name", byText((contact) => contact.name)],
  ["company", "company", byText((contact) => fieldOf(contact, "company"))],
  ["decision", "decision", (one, other) => rankOf.get(one.is) - rankOf.get(other.is)],
  ["asks", "fewest questions", (one, other) => questions(one) - questions(other)],
];

// The contacts of `wanted`: a decision, a rule or question, and words to find.
const chosen = ({ decision, rule, search, sort }) => {
  const words = folded(search).split(/\s+/).filter(Boolean);
  const [list, text] = rule ? [rule.list, rule.text] : [];
  const found = contacts.filter(
    (contact) =>
      (!decision || contact.is === decision) &&
      (!rule || contact[list].some((each) => texts[each] === text)) &&
      words.every((word) => searched(contact).includes(word)),
  );
  const [, , order] = SORTS.find(([name]) => name === sort);
  return sort === "file" ? found : found.sort(order);
};

// How many contacts there are of each decision, or with each text of a list.
const counted = (list) => {
  const counts = new Map();
  for (const contact of contacts) {
    const names = list === "is" ? [contact.is] : contact[list].map((each) => texts[each]);
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

// A branch as it is stored: its kind, title, rest and place, and those under it.
const read = ([kind, title, rest, where, ...under]) => ({
  kind: frame.kinds[kind],
  title: texts[title],
  rest: texts[rest],
  where: texts[where],
  under: under.map(read),
});

// The rules that an explanation speaks of: those that decide or may, and those that do not apply.
const spoken = (contact) => {
  const decide = new Set();
  const against = new Set();
  const walk = (node) => {
    if (node.kind === "rule") decide.add(node.title);
    if (node.kind === "against") against.add(node.title);
    node.under.forEach(walk);
  };
  contact.tree.map(read).forEach(walk);
  return { decide, against };
};
