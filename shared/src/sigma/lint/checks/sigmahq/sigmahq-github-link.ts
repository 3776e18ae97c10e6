import type { DocumentCheck } from '../../check.ts';

export const sigmahqGithubLink: DocumentCheck = {
  id: 'sigmahq_github_link',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a link to a file on GitHub goes to a branch',
  help: 'The file changes or goes away. Link to a commit: press y on the page to get such a link.',
  examples: {
    invalid: [
      {
        rule: 'references: [https://github.com/SigmaHQ/sigma/blob/master/README.md]',
        marks: ['https://github.com/SigmaHQ/sigma/blob/master/README.md'],
      },
    ],
    valid: [
      'references: [https://github.com/SigmaHQ/sigma/blob/bd2a4c37efde5f69f87040173e990f1f6ff9e234/README.md]',
      'references: [https://github.com/SigmaHQ/sigma]',
    ],
  },
  check(document, report) {
    for (const { text, span } of document.textsOf('references'))
      if (/^https:\/\/github.com\/.*\.\w{1,3}$/.test(text) && !/\/[0-9a-z]{40}\//.test(text))
        report(span, 'This link follows a branch; link to a commit.');
  },
};
