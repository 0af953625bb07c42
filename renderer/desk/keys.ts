// Keyboard of the window: who listens to which key now, and what the status bar and the key list say about it.
import { computed, inject, onScopeDispose, provide, reactive, ref, shallowReactive, type InjectionKey } from 'vue';

/** One key and what it does. */
export interface KeyBinding {
  /** `j`, `ctrl+k` (also Cmd), `shift+ArrowDown`, `Enter`, `?`, or two strokes: `g t`. */
  keys: string;
  /** Said in the status bar and the list of keys. */
  label: string;
  run: (event: KeyboardEvent) => void;
  when?: () => boolean;
  /** Works also while a text field has focus; `false`: not even with Ctrl or Alt there. */
  inText?: boolean;
  /** Not in the status bar (still in the list of keys). */
  hint?: boolean;
  /** Several bindings that share one entry in the status bar say it once: shown instead of `keys`. */
  shown?: string;
}

interface KeyScope {
  maps: (() => KeyBinding[])[];
}

/** Whether letters, digits and signs work by themselves; where they are switched off they take Alt. */
export const singleKeys = ref(true);

/** Is it a letter, a digit or a sign alone, also two of them one after the other? */
const isSingle = (keys: string): boolean => keys.split(' ').every((stroke) => /^(shift\+)?.$/.test(stroke));

const root: KeyScope = { maps: shallowReactive([]) };
const stack = reactive<{ scopes: KeyScope[] }>({ scopes: [] });
const SCOPE: InjectionKey<KeyScope> = Symbol('key scope');

const scopeNow = (): KeyScope => stack.scopes.at(-1) ?? root;

/** Registers keys for as long as the component lives; they work while its scope (page or dialog) is on top. */
export function useKeys(map: () => KeyBinding[]): void {
  const scope = inject(SCOPE, root);
  scope.maps.push(map);
  onScopeDispose(() => {
    const index = scope.maps.indexOf(map);
    if (index >= 0) scope.maps.splice(index, 1);
  });
}

/** For dialogs: keys of the children (and those given to `add`) belong to the dialog; `open` masks the page below until `close`. */
export function useKeyScope(): { open: () => void; close: () => void; add: (map: () => KeyBinding[]) => void } {
  const scope: KeyScope = { maps: shallowReactive([]) };
  provide(SCOPE, scope);
  const close = () => {
    const index = stack.scopes.findIndex((other) => other.maps === scope.maps);
    if (index >= 0) stack.scopes.splice(index, 1);
  };
  onScopeDispose(close);
  return {
    open: () => {
      close();
      stack.scopes.push(scope);
    },
    close,
    add: (map) => {
      scope.maps.push(map);
    },
  };
}

/** Bindings that work right now, nearest component last. */
export const activeKeys = computed<KeyBinding[]>(() => scopeNow().maps.flatMap((map) => map()));

/** What the status bar lists. */
export const keyHints = computed(() => {
  const seen = new Set<string>();
  return activeKeys.value
    .filter((binding) => binding.hint !== false && (!binding.when || binding.when()))
    .map((binding) => ({ shown: shownOf(binding), label: binding.label }))
    .filter((hint) => !seen.has(hint.label) && seen.add(hint.label));
});

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
};

/** Keys as people write them. */
export function shownKeys(keys: string): string {
  return keys
    .split(' ')
    .map((stroke) =>
      stroke
        .split('+')
        .map((part) => NAMES[part] ?? `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
        .join(' '),
    )
    .join(' ');
}

/** The list of keys: each key once, under what it does now (the innermost binding); several keys of one label together. */
export function keyList(bindings: readonly KeyBinding[]): { keys: string; label: string }[] {
  const taken = new Set<string>();
  const working = [...bindings]
    .reverse()
    .filter((b) => (!b.when || b.when()) && !taken.has(b.keys) && taken.add(b.keys))
    .reverse();
  // Keys that one entry names together are not named one by one.
  const together = working.map((b) => b.shown ?? '').join('');
  const seen = new Map<string, string[]>();
  for (const binding of working) {
    const keys = shownKeys(binding.keys);
    if (binding.hint === false && !binding.shown && keys.length === 1 && together.includes(keys)) continue;
    seen.set(binding.label, [...new Set([...(seen.get(binding.label) ?? []), shownOf(binding)])]);
  }
  return [...seen].map(([label, keys]) => ({ label, keys: keys.join('、') }));
}

/** The keys of a binding as they have to be pressed now. */
export function shownOf({ keys, shown }: Pick<KeyBinding, 'keys' | 'shown'>): string {
  const written = shown ?? shownKeys(keys);
  return !singleKeys.value && isSingle(keys) ? `Alt ${written}` : written;
}

/** Has a field for text the focus? */
export function inTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type)
  );
}

const WORKS_ITSELF =
  'a[href],button,summary,input,select,textarea,[role="option"],[role="menuitem"],[role="radio"],[role="tab"]';

function strokeOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const parts = [
    event.ctrlKey || event.metaKey ? 'ctrl' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)) ? 'shift' : '',
  ];
  return [...parts.filter(Boolean), key].join('+');
}

let pending = '';
let pendingTimer = 0;

function onKeydown(event: KeyboardEvent): void {
  if (isComposing(event) || event.defaultPrevented) return;
  const text = inTextField(event.target);
  let stroke = strokeOf(event);
  // Alt + letter is the letter while a field has focus; on a Mac the option key changes `key`, so the code decides.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? /^Digit(\d)$/.exec(event.code)?.[1];
  const sign = letter ?? (!singleKeys.value && event.key.length === 1 ? event.key : undefined);
  const viaAlt = (text || !singleKeys.value) && event.altKey && !event.ctrlKey && !event.metaKey && sign !== undefined;
  const plain = event.shiftKey && sign && /^[a-z]$/.test(sign) ? `shift+${sign}` : (sign ?? '');
  const works = (keys: string): boolean =>
    activeKeys.value.some((binding) => binding.keys === keys && (!binding.when || binding.when()));
  // A combination with Alt of its own goes first in a text; elsewhere the letter that takes Alt, as its cap says.
  if (viaAlt && (!works(stroke) || (!text && works(plain)))) stroke = plain;
  const sequence = pending ? `${pending} ${stroke}` : stroke;
  const single = !/^(ctrl|alt)\+/.test(stroke);
  const ownKey =
    (stroke === 'Enter' || stroke === 'Space') &&
    event.target instanceof Element &&
    event.target.closest(WORKS_ITSELF) !== null;
  const usable = (binding: KeyBinding) =>
    (!binding.when || binding.when()) &&
    (singleKeys.value || viaAlt || (pending !== '' && binding.keys.includes(' ')) || !isSingle(binding.keys)) &&
    (!text || (binding.inText ?? (viaAlt || !single || stroke === 'Escape'))) &&
    (!ownKey || binding.inText === true);
  const bindings = [...activeKeys.value].reverse();
  const hit =
    bindings.find((binding) => binding.keys === sequence && usable(binding)) ??
    bindings.find((binding) => binding.keys === stroke && usable(binding));
  window.clearTimeout(pendingTimer);
  const begins = (singleKeys.value ? !text : viaAlt) && bindings.some((one) => one.keys.startsWith(`${stroke} `));
  pending = '';
  if (hit) {
    event.preventDefault();
    // What is being typed counts: a field commits when it loses the focus.
    if (stroke === 'ctrl+Enter' && text && event.target instanceof HTMLElement) event.target.blur();
    hit.run(event);
    return;
  }
  if (begins) {
    pending = stroke;
    pendingTimer = window.setTimeout(() => {
      pending = '';
    }, 1200);
  }
}

/** Does an input method own this key: is a word being composed, or was it just taken over (Safari says so by the code)? */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** Starts listening; called once by the application. */
export function listenToKeys(): void {
  // The one guard of all key handlers, also those of single fields: Enter and Esc of an input method reach none of them.
  window.addEventListener(
    'keydown',
    (event) => {
      if (isComposing(event)) event.stopImmediatePropagation();
    },
    { capture: true },
  );
  // Ctrl combinations are taken on the way down, since fields and lists of choices keep some of them to themselves; the
  // rest on the way up, after the fields.
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey) onKeydown(event);
    },
    { capture: true },
  );
  window.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey) onKeydown(event);
  });
}
