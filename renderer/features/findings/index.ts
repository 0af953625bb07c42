// Findings and their closed loop: the list, the page, and the dialog that other screens need too.
import { defineAsyncComponent } from 'vue';
/** Records a follow-up on one or many findings. */
export const FollowUpDialog = defineAsyncComponent(() => import('./FollowUpDialog.vue'));
