// Joins the forms of our pages to the ceremonies of allauth (mfa/js/webauthn.js).
'use strict';
(() => {
  const passkey = document.querySelector('form[data-passkey]')
  if (passkey && window.allauth) {
    const forms = window.allauth.webauthn.forms
    const ids = { credential: 'passkey-credential', data: 'passkey-data' }
    const ways = {
      'sign-in': () => forms.loginForm({ ids: { ...ids, login: 'passkey-button' } }),
      register: () => forms.signupForm({ ids: { ...ids, signup: 'passkey-button' } }),
      prove: () => forms.authenticateForm({ ids: { ...ids, authenticate: 'passkey-button' } })
    }
    ways[passkey.dataset.passkey]()
    document.addEventListener('allauth.error', (event) => {
      event.preventDefault()
      const problem = document.getElementById('passkey-problem')
      problem.hidden = false
      problem.focus()
    })
  }

  // The secret of an enrolment link stands after the #, where no server sees it until the form is sent.
  const enrol = document.querySelector('form[data-enrol]')
  if (enrol && window.location.hash.length > 1) {
    enrol.elements.link.value = window.location.hash.slice(1)
    window.history.replaceState(null, '', window.location.pathname)
  }
})()
