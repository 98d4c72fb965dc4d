/**
 * Makes an element. Children that are strings become text, never markup: what users and targets
 * wrote is put into the page by this alone.
 *
 * @param {string} name
 * @param {Object} [attributes] `on…` functions become listeners; null and false are left out
 * @param {...(Node|string|number|null|false)} children
 */
export function el(name, attributes, ...children) {
  const node = document.createElement(name);
  return put(node, attributes, ...children);
}

/** Gives attributes and children to an element that is there. */
export function put(node, attributes, ...children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      node.addEventListener(key.slice(2), value);
    } else {
      attribute(node, key, value);
    }
  }
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/** Sets an attribute where it differs; null and false take it away. */
export function attribute(node, key, value) {
  const wanted = value === true ? '' : value;
  if (wanted === null || wanted === undefined || wanted === false) {
    node.removeAttribute(key);
  } else if (node.getAttribute(key) !== String(wanted)) {
    node.setAttribute(key, wanted);
  }
}

/** Sets an element's text where it differs, so that nothing is laid out in vain. */
export function say(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** A button that does one thing, and not again before that is done. */
export function button(action, words, run) {
  const node = el('button', {
    type: 'button', 'data-action': action, onclick: () => once(node, run),
  }, words);
  return node;
}

/**
 * Does what a button is for, unless it is being done. The button keeps the focus, as one that is
 * disabled would not.
 */
export async function once(node, run) {
  if (node.hasAttribute('aria-disabled')) {
    return;
  }
  attribute(node, 'aria-disabled', 'true');
  try {
    await run();
  } finally {
    attribute(node, 'aria-disabled', null);
  }
}

/** Hides and shows buttons; the focus of one that is hidden goes to one that is left. */
export function show(buttons) {
  const focused = document.activeElement;
  for (const [node, shown] of buttons) {
    node.hidden = !shown;
  }
  if (buttons.some(([node, shown]) => node === focused && !shown)) {
    buttons.find(([, shown]) => shown)?.[0].focus();
  }
}

/** The shape that stands for a state; the word is always beside it. */
export function mark(state) {
  return el('span', { class: 'mark', 'data-state': state, 'aria-hidden': 'true' });
}

let ids = 0;

/** An id that no other element has. */
export function newId() {
  return `ss-${++ids}`;
}

/** Makes the children of a node these, in this order; those that stand right are not touched. */
export function place(node, children) {
  const wanted = new Set(children);
  [...node.children].filter((child) => !wanted.has(child)).forEach((child) => child.remove());
  let next = node.firstElementChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      node.insertBefore(child, next);
    }
  }
}
