// breaks plan-imports
import 'node:http';
