import type { ReportWriter } from '#application/ports/wording.ts';
import { render } from '#presentation/mail/render.ts';
import { textsOf } from '#presentation/messages/texts.ts';
import { writeReport } from '#presentation/team-report/report.ts';
import { wordsOf } from '#presentation/words.ts';

export const provide = (): ReportWriter => ({
  write: async ({ template, ...matter }) => {
    const { language } = matter.plan;
    const variables = writeReport({ ...matter, texts: await textsOf(language) });
    return render(template, variables, language, wordsOf(matter.entries));
  },
});
