import type { Messages } from '../types';

export const today: Messages['today'] = {
  lead: (toQualify, toSign) => {
    const parts = [
      toQualify === 0 ? '' : toQualify === 1 ? '1 report to qualify' : `${toQualify} reports to qualify`,
      toSign === 0 ? '' : toSign === 1 ? '1 document to sign' : `${toSign} documents to sign`,
    ].filter((part) => part !== '');
    return parts.length === 0 ? 'Nothing waits.' : `${parts.join(', ')}.`;
  },
  open: (count, shown) => (count === 0 ? 'No open case' : count === 1 ? '1 open case' : `${shown} open cases`),
  noneOfGrade: 'no open case',
  someOfGrade: 'see the list',
  toQualify: 'Reports to qualify',
  qualify: 'Qualify',
  nothingToQualify: 'No report to qualify',
  nothingToQualifyText: 'The next calls will appear here.',
  drafts: 'Reports being taken',
  resume: 'Resume',
  noDraft: 'No report under way',
  noDraftText: 'A report that was begun is found here again, even after a power cut.',
  unnamed: 'Unknown organisation',
  answers: (asked) => `${asked} questions of 10`,
  toSign: 'Documents to sign',
  toSignOther: 'Documents submitted for signature',
  nothingToSign: 'No document to sign',
  nothingToSignText: 'The summaries that the team submits arrive here.',
  quiet: 'Quiet for 5 days',
  nothingQuiet: 'No case forgotten',
  nothingQuietText: 'Every open case has moved within 5 days.',
  since: (when) => `since ${when}`,
  received: { phone: 'by telephone', mail: 'by mail', partner: 'by a partner', visit: 'on site' },
  first: 'The vault is empty',
  firstText: 'Take a first report: it becomes a case when the call ends.',
};
