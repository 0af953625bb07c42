// Catalogues that class trades, and rules of exemption.
export { cataloguesOf, rulesOf, type LoadedCatalogue } from './load.ts';
export { findSubIndustries } from './sub-industries.ts';
