// breaks auth-imports
import 'yaml';
