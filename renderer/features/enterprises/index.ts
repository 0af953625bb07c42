// Enterprise files: the list and the page.
export { default as NewEnterprise } from './NewEnterprise.vue';
