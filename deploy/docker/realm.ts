import { demoRealm } from '@planledger/local/realm';
import { readFileSync, writeFileSync } from 'node:fs';

// node deploy/docker/dist/realm.js FILE: writes the realm of deploy/local for Keycloak to import, with the demo people and
// the client that services sign in as, whose secret is in the file that SERVICE_CLIENT_SECRET_FILE names.

const [file] = process.argv.slice(2);
const secretFile = process.env['SERVICE_CLIENT_SECRET_FILE'];
if (!file || !secretFile) throw new Error('a FILE and SERVICE_CLIENT_SECRET_FILE must be given');
writeFileSync(file, JSON.stringify(demoRealm(readFileSync(secretFile, 'utf8').trim())));
