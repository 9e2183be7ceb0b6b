import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { documentsAlone, joined } from './documents.js';

// node deploy/front/dist/document.js FILE: the OpenAPI document of the whole surface, which clients are generated from.
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node deploy/front/dist/document.js FILE');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(joined(await documentsAlone()))}\n`);
