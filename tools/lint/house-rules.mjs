const specs = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts'];
/** Fixtures are parts of specs that got files of their own; nothing else may import them. */
const tests = [...specs, '**/*.fixture.ts'];

const tooManyParameters = [
  {
    selector:
      ':matches(FunctionDeclaration, ArrowFunctionExpression, :not(MethodDefinition[kind="constructor"]) > FunctionExpression)[params.length>4]',
    message: 'More than 4 parameters: pass an object.',
  },
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>7]',
    message: 'More than 7 constructor parameters: this class has more than one job.',
  },
];

/** The tail: how large a file or function may grow before it must be split. */
export const sizes = {
  files: ['**/*.ts'],
  rules: {
    'max-lines': ['error', 300],
    'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
    complexity: ['error', 10],
    'no-restricted-syntax': ['error', ...tooManyParameters],
  },
};

/** Domain libraries are pure, and test doubles stay in tests. */
export const importBans = [
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    ignores: [...tests, 'libs/*/testing-*/**', 'apps/e2e/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['@scorekeep/*/testing-*'], message: 'Test doubles are imported from specs only.' },
            { group: ['**/*.fixture'], message: 'Fixtures are imported from specs only.' },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/*/domain-*/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'Domain libraries are pure: no node built-ins.' },
            { group: ['@scorekeep/*/testing-*'], message: 'Test doubles are imported from specs only.' },
          ],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time comes in as a parameter.' },
        { object: 'Math', property: 'random', message: 'Randomness comes in as a parameter.' },
      ],
    },
  },
];

/** Settings are read in one place, checked, and passed on. */
export const processEnvBan = {
  files: ['libs/**/*.ts', 'apps/**/*.ts'],
  ignores: [...specs, 'libs/platform/util-config/**', 'libs/*/testing-*/**', 'apps/e2e/**'],
  rules: {
    'no-restricted-syntax': [
      'error',
      ...tooManyParameters,
      {
        selector: 'MemberExpression[object.name="process"][property.name="env"]',
        message: 'Settings are read by platform/util-config only.',
      },
    ],
  },
};
