// Enterprise files: the list and the page.
export { insideOf } from './inside-of.ts';
export { default as NewEnterprise } from './NewEnterprise.vue';
export { default as MergeDialog } from './MergeDialog.vue';
