// Events of the state machines, for every kind that has one: what may happen now, and making it happen.
export { allowed, offered } from './allowed.ts';
export { act } from './act.ts';
