// Mounts the Smart Forms renderer, and gives the driver window.SF: load a form, read its response.

import React from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  BaseRenderer, RendererThemeProvider, buildForm, destroyForm, getResponse, questionnaireStore,
  removeEmptyAnswersFromResponse, removeInternalIdsFromResponse, useRendererQueryClient,
} from '@aehrc/smart-forms-renderer';

let root = null;

class Boundary extends React.Component {
  constructor(props) { super(props); this.state = { error: null }; }
  static getDerivedStateFromError(error) { return { error }; }
  render() { return this.state.error ? <pre id="crash">{String(this.state.error)}</pre> : this.props.children; }
}

function App() {
  return (
    <Boundary>
      <QueryClientProvider client={useRendererQueryClient()}>
        <RendererThemeProvider><BaseRenderer /></RendererThemeProvider>
      </QueryClientProvider>
    </Boundary>
  );
}

window.SF = {
  async load(questionnaire, terminologyServerUrl) {
    if (root) { root.unmount(); root = null; destroyForm(); }
    await buildForm({ questionnaire, terminologyServerUrl });
    root = createRoot(document.getElementById('root'));
    root.render(<App />);
  },
  response() {
    const questionnaire = questionnaireStore.getState().sourceQuestionnaire;
    const answered = removeEmptyAnswersFromResponse(questionnaire, getResponse());
    return JSON.parse(JSON.stringify(removeInternalIdsFromResponse(questionnaire, answered)));
  },
};
