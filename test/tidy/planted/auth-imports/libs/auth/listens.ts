// breaks auth-imports
import 'node:http';
