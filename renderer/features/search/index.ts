// Global search: the palette of Ctrl/Cmd+K.
export { default as SearchPalette } from './SearchPalette.vue';
