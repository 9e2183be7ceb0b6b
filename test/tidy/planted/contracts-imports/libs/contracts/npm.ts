// breaks contracts-imports
import 'yaml';
