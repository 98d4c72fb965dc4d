const THEMES = ['auto', 'light', 'dark'];

/** How the page looks here: its theme, and whether it hangs on a wall. Kept in this browser. */
export function startLooks() {
  apply('theme', localStorage.getItem('theme'), THEMES);
  apply('layout', new URLSearchParams(location.search).get('layout')
    ?? localStorage.getItem('layout'), ['desk', 'wall']);
}

export function nextTheme() {
  turn('theme', THEMES);
}

export function toggleWall() {
  turn('layout', ['desk', 'wall']);
}

function turn(name, values) {
  const at = values.indexOf(document.documentElement.dataset[name]);
  const value = values[(at + 1) % values.length];
  localStorage.setItem(name, value);
  apply(name, value, values);
}

function apply(name, value, values) {
  document.documentElement.dataset[name] = values.includes(value) ? value : values[0];
}
