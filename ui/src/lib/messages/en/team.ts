import type { Messages } from '../types';

export const team: Messages['team'] = {
  title: 'Team and settings',
  sections: {
    people: 'People',
    profile: 'Profile of the CSIRT',
    settings: 'Settings',
    key: 'Key of the team',
    journal: 'Verification of the journal',
    passphrase: 'Change my passphrase',
    about: 'About',
  },
};
