// breaks plan-imports
import 'jose';
