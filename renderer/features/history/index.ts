// History: changes of a row, and the actions of the workspace with undo.
import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [];

export { default as ActionList } from './ActionList.vue';
export { default as ChangeHistory } from './ChangeHistory.vue';
export { default as FieldOrigins } from './FieldOrigins.vue';
