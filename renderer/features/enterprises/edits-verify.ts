// Whether what is changed in a section of the file counts as its verification: said once, for this window.
import { ref } from 'vue';

export const editsVerify = ref(false);
