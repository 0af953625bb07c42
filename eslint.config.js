// Lint rules of the house: type-light (no type information needed, so it stays quick), one file for all folders.
import globals from 'globals';
import regexp from 'eslint-plugin-regexp';
import vue from 'eslint-plugin-vue';
import typescript from 'typescript-eslint';

// A row must keep its identity and its history: REPLACE deletes and inserts behind the back of the change log.
const replacesRows = String.raw`/\b(insert\s+or\s+replace|replace\s+into)\b/i`;
const noReplace = 'REPLACE deletes the old row unseen by the change log; use INSERT … ON CONFLICT … DO UPDATE.';

export default typescript.config(
  { ignores: ['node_modules/', 'tests/fixtures/', 'dist/', 'release/', '.cache/', 'test-results/', '**/*.d.ts'] },
  typescript.configs.recommended,
  vue.configs['flat/recommended'],
  {
    // A name, a cell or a file may be as long as its maker likes: no pattern may need more than linear time for it.
    files: ['{domain,contract,services,db,host,electron,renderer,scripts,bench}/**/*.{ts,cts,vue}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    languageOptions: { ecmaVersion: 2024, sourceType: 'module', globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-debugger': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: typescript.parser }, globals: globals.browser },
    rules: {
      // The compiler (vue-tsc) knows the names; this rule does not know types.
      'no-undef': 'off',
      // HTML from a record is hostile: text is always interpolated.
      'vue/no-v-html': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      // Layout is a matter of the editor, not of the check; so is the order of attributes.
      ...vue.configs['no-layout-rules'].rules,
      'vue/attributes-order': 'off',
      // The house's own word for the component that shows what happened to an enterprise.
      'vue/multi-word-component-names': ['error', { ignores: ['Timeline'] }],
    },
  },
  {
    files: ['renderer/**/*.ts'],
    languageOptions: { globals: globals.browser },
  },
  {
    // Logging goes through the host's log; a stray console line may carry personal data.
    files: ['domain/**', 'contract/**', 'services/**', 'db/**', 'renderer/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['{domain,contract,services,db,host,electron,renderer,scripts,bench}/**/*.{ts,cts}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${replacesRows}]`, message: noReplace },
        { selector: `TemplateElement[value.raw=${replacesRows}]`, message: noReplace },
      ],
    },
  },
  {
    // CommonJS by necessity: a sandboxed preload and the configuration of a CommonJS tool.
    files: ['**/*.{cts,cjs}'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
