// breaks kernel-imports
import 'yaml';
