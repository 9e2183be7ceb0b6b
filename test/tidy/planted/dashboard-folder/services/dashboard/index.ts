// breaks dashboard-folder
import 'vue';
